import type { JobKind, RestorePoint } from '@holdfast/contract'
import { Skeleton, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../actions/dialog.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { useKinds } from '../../objects/use-kinds.ts'
import { DiskNeeded } from '../disk-needed.tsx'
import { RestoreForm } from './restore-form.tsx'

interface RestoreDialogProps {
  point: RestorePoint
  /** What to restore of it, where that has been chosen already. */
  paths?: readonly string[]
  onClose(): void
}

/** Restores a point: where to and what, a preview of what would happen, then the run. Render it while it is open. */
export function RestoreDialog({ point, paths = [], onClose }: RestoreDialogProps) {
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
        <DiskNeeded point={point} />
        {kinds ? (
          <Known point={point} paths={paths} kinds={kinds} onClose={onClose} />
        ) : (
          <Skeleton height={220} />
        )}
      </Stack>
    </Dialog>
  )
}

function Known({ kinds, ...props }: Required<RestoreDialogProps> & { kinds: JobKind[] }) {
  const { t } = useTranslation('points')
  const known = kinds.find(({ kind }) => kind === props.point.jobKind)
  if (!known?.restore) return <Text size="sm">{t('restore.noRestore')}</Text>
  return <RestoreForm {...props} schema={known.restore} nodeKinds={known.restoreNodeKinds} />
}
