import type { RestorePoint } from '@holdfast/contract'
import { Switch, Tooltip } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMissingRight } from '../../actions/reason-button.tsx'
import { apiQuery, useChange } from '../../api/queries.ts'
import { notifyDone } from '../../problems/notify.tsx'

/** Keeps a restore point from retention. */
export function ProtectSwitch({ point }: { point: RestorePoint }) {
  const { t } = useTranslation('points')
  const queryClient = useQueryClient()
  const missing = useMissingRight('operate')
  const protect = useChange('PUT /api/restore-points/{ref}/protected', {
    onDone: (changed) => {
      const { queryKey } = apiQuery('GET /api/restore-points/{ref}', { params: { ref: point.id } })
      queryClient.setQueryData(queryKey, changed)
      void queryClient.invalidateQueries({ queryKey: ['GET /api/restore-points'] })
      notifyDone(changed.protected ? t('protect.done') : t('protect.undone'))
    },
  })
  return (
    <Tooltip label={missing} disabled={missing === undefined}>
      <div>
        <Switch
          label={t('protect.label')}
          description={point.protected ? t('protect.on') : t('protect.off')}
          checked={point.protected}
          aria-disabled={missing !== undefined || protect.isPending}
          thumbIcon={
            point.protected ? <IconShieldLock size={11} color="var(--mantine-color-black)" /> : undefined
          }
          onChange={(event) => {
            if (missing === undefined && !protect.isPending)
              protect.mutate({ params: { ref: point.id }, body: { protected: event.currentTarget.checked } })
          }}
        />
      </div>
    </Tooltip>
  )
}
