import type { JobKind, RestorePoint } from '@holdfast/contract'
import { Skeleton, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../actions/dialog.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { useKinds } from '../../objects/use-kinds.ts'
import { RestoreForm } from './restore-form.tsx'

/** Restores a point: where to and what, a preview of what would happen, then the run. Render it while it is open. */
export function RestoreDialog({ point, onClose }: { point: RestorePoint; onClose(): void }) {
  const { t } = useTranslation(['points', 'shell'])
  const format = useFormat()
  const isPhone = useMediaQuery('(max-width: 36em)')
  const { kinds } = useKinds()
  return (
    <Dialog
      onClose={onClose}
      size="lg"
      fullScreen={isPhone ?? false}
      title={t('points:restore.title', { asset: point.asset.name })}
      closeOnClickOutside={false}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('points:restore.from', { time: format.dateTime(point.takenAt) })} · {point.asset.key}
        </Text>
        {kinds ? <Known point={point} kinds={kinds} onClose={onClose} /> : <Skeleton height={220} />}
      </Stack>
    </Dialog>
  )
}

function Known({ point, kinds, onClose }: { point: RestorePoint; kinds: JobKind[]; onClose(): void }) {
  const { t } = useTranslation('points')
  const schema = kinds.find(({ kind }) => kind === point.jobKind)?.restore
  if (!schema) return <Text size="sm">{t('restore.noRestore')}</Text>
  return <RestoreForm point={point} schema={schema} onClose={onClose} />
}
