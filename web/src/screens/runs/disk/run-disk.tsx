import type { Run } from '@holdfast/contract'
import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconHandStop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/queries.ts'
import { useFormat } from '../../../format/use-format.ts'
import { diskNow } from '../../vaults/disks/disk-model.ts'
import { diskAdvice } from './disk-advice.ts'

const LOOKS = {
  stay: { color: 'orange', icon: IconHandStop },
  safe: { color: 'green', icon: IconCircleCheck },
  notReleased: { color: 'red', icon: IconAlertTriangle },
} as const

/** May I unplug the disk of this run? In big letters, for whoever stands beside the machine. */
export function RunDiskBanner({ run }: { run: Run }) {
  if (run.disk === null) return null
  return <Banner run={run} disk={run.disk} />
}

function Banner({ run, disk }: { run: Run; disk: NonNullable<Run['disk']> }) {
  const { t } = useTranslation('runs')
  const roomText = useRoomText()
  const status = useApi('GET /api/status')
  const advice = diskAdvice(run, diskNow(status.data, disk.uuid)?.state)
  if (advice === null) return null
  const { color, icon: Icon } = LOOKS[advice]
  const room = roomText(disk)
  return (
    <Alert color={color} variant="light" role="status" icon={<Icon size={28} aria-hidden />}>
      <Text fw={700} size="lg" lh={1.3} style={{ overflowWrap: 'anywhere' }}>
        {t(`disk.${advice}`, { label: disk.label })}
      </Text>
      <Text size="sm">
        {t(`disk.${advice}Hint`)}
        {advice === 'safe' && room !== null && ` ${t('disk.left', { room })}`}
      </Text>
    </Alert>
  )
}

/** "1.2 TiB of 4 TiB free"; null while nobody knows. */
export function useRoomText(): (disk: NonNullable<Run['disk']>) => string | null {
  const { t } = useTranslation('runs')
  const format = useFormat()
  return ({ freeBytes, totalBytes }) => {
    if (freeBytes === null) return null
    if (totalBytes === null) return format.bytes(freeBytes)
    return t('disk.room', { free: format.bytes(freeBytes), total: format.bytes(totalBytes) })
  }
}
