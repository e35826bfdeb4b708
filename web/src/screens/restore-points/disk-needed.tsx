import type { RestorePoint } from '@holdfast/contract'
import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { DISK } from '../../status/status-map.ts'
import { diskNow } from '../vaults/disks/disk-model.ts'

/** Says which disk to plug in for a restore point, while it is away. */
export function DiskNeeded({ point }: { point: Pick<RestorePoint, 'disk'> }) {
  const { t } = useTranslation('points')
  const { data } = useApi('GET /api/status', {}, { enabled: point.disk !== null })
  if (point.disk === null || diskNow(data, point.disk.uuid)?.state !== 'absent') return null
  return (
    <Alert color="yellow" variant="light" p="xs" role="status" icon={<DISK.absent.icon aria-hidden />}>
      {t('disk.plugIn', { label: point.disk.label })}
    </Alert>
  )
}
