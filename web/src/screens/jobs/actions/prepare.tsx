import type { StoredPlan } from '@holdfast/contract'
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconChecks, IconTool } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../actions/dialog.tsx'
import { useMissingRight } from '../../../actions/reason-button.tsx'
import { api } from '../../../api/client.ts'
import { useChange } from '../../../api/queries.ts'
import { notifyDone } from '../../../problems/notify.tsx'
import { ProblemAlert } from '../../../problems/problem-alert.tsx'
import { EmptyState } from '../../../table/states.tsx'
import { useKinds } from '../../objects/use-kinds.ts'
import { PlanItems } from '../../runs/plan-items.tsx'
import { useRefreshJobs } from '../change-job.ts'
import type { Action, Subject } from './use-actions.ts'

/** The preparation of a job, with the dialog while it is asked for; null for a kind that needs none. */
export function usePrepare(job: Subject): { action: Action; dialog: ReactNode } | null {
  const { t } = useTranslation('jobs')
  const { kinds } = useKinds()
  const missing = useMissingRight('configure')
  const [isAsked, setIsAsked] = useState(false)
  if (!kinds?.some(({ kind, prepares }) => kind === job.kind && prepares)) return null
  const action: Action = {
    icon: IconTool,
    label: t('prepare.action'),
    fullLabel: t('prepare.named', { name: job.name }),
    reason: missing,
    isPending: false,
    onClick: () => setIsAsked(true),
  }
  return { action, dialog: isAsked && <PrepareDialog job={job} onClose={() => setIsAsked(false)} /> }
}

/** Shows what would be made before anything is; a preparation that was started is followed on its own page. */
function PrepareDialog({ job, onClose }: { job: Subject; onClose(): void }) {
  const { t } = useTranslation(['jobs', 'shell'])
  const navigate = useNavigate()
  const refresh = useRefreshJobs()
  const params = { ref: job.id }
  const plan = useQuery({
    queryKey: ['preparation', job.id],
    queryFn: ({ signal }) => api('POST /api/jobs/{ref}/prepare/plan', { params }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
  })
  const start = useChange('POST /api/jobs/{ref}/prepare', {
    showsProblem: true,
    onDone: ({ id }) => {
      notifyDone(t('jobs:prepare.started', { name: job.name }))
      refresh()
      onClose()
      void navigate({ to: '/runs/$ref', params: { ref: id } })
    },
  })
  const lacking = plan.data?.items.length ?? 0
  return (
    <Dialog onClose={onClose} title={t('jobs:prepare.title', { name: job.name })} size="xl">
      <Stack>
        <Text size="sm">{t('jobs:prepare.lead')}</Text>
        {plan.isFetching && <Skeleton height={120} aria-busy />}
        {plan.error && !plan.isFetching && (
          <ProblemAlert error={plan.error} onRetry={() => void plan.refetch()} />
        )}
        {plan.data && <Lacking plan={plan.data} />}
        {start.error && <ProblemAlert error={start.error} />}
        <Group justify="flex-end" gap="xs" py="sm" pos="sticky" bottom={0} bg="var(--mantine-color-body)">
          <Button variant="default" onClick={onClose}>
            {t(plan.data && lacking === 0 ? 'shell:action.close' : 'shell:action.cancel')}
          </Button>
          {lacking > 0 && (
            <Button
              loading={start.isPending}
              leftSection={<IconTool size={14} aria-hidden />}
              onClick={() => start.mutate({ params })}
            >
              {t('jobs:prepare.confirm', { count: lacking })}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  )
}

function Lacking({ plan }: { plan: StoredPlan }) {
  const { t } = useTranslation('jobs')
  if (plan.items.length > 0) return <PlanItems plan={plan} />
  return <EmptyState icon={IconChecks} title={t('prepare.nothingTitle')} hint={t('prepare.nothingHint')} />
}
