import type { JobStatus } from '@holdfast/contract'
import { IconPlayerPause, IconPlayerPlay, IconToggleRight } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../actions/reason-button.tsx'
import { api, send } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { useChange } from '../../api/queries.ts'
import { notifyDone, notifyProblem } from '../../problems/notify.tsx'

type Subject = Pick<JobStatus, 'id' | 'name' | 'enabled' | 'lastRun'>
interface ActionProps {
  job: Subject
  isSmall?: boolean
}

const size = (isSmall: boolean | undefined) => (isSmall ? 'compact-xs' : 'xs')

/** Starts a run, and leads to it from the page of the job. */
export function RunNow({ job, isSmall }: ActionProps) {
  const { t } = useTranslation('jobs')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const missing = useMissingRight('operate')
  const isActive = job.lastRun !== null && job.lastRun.status !== 'finished'
  const run = useChange('POST /api/jobs/{ref}/run', {
    onDone: (started) => {
      notifyDone(t('started', { name: job.name }))
      void queryClient.invalidateQueries({ queryKey: ['GET /api/jobs'] })
      void queryClient.invalidateQueries({ queryKey: ['GET /api/jobs/{ref}/status'] })
      if (!isSmall) void navigate({ to: `/runs/${started.id}` as string })
    },
  })
  return (
    <ReasonButton
      size={size(isSmall)}
      variant={isSmall ? 'default' : 'filled'}
      reason={missing ?? (isActive ? t('alreadyRuns') : undefined)}
      loading={run.isPending}
      aria-label={isSmall ? t('runNamed', { name: job.name }) : undefined}
      title={isSmall && missing === undefined && !isActive ? t('runNamed', { name: job.name }) : undefined}
      leftSection={isSmall ? undefined : <IconPlayerPlay size={14} aria-hidden />}
      onClick={() => run.mutate({ params: { ref: job.id } })}
    >
      {isSmall ? <IconPlayerPlay size={14} aria-hidden /> : t('run')}
    </ReasonButton>
  )
}

/** Enables or disables a job: read with its ETag and written back, so that no other edit is lost. */
export function EnableJob({ job, isSmall }: ActionProps) {
  const { t } = useTranslation('jobs')
  const queryClient = useQueryClient()
  const missing = useMissingRight('configure')
  const toggle = useMutation({
    mutationFn: async () => {
      const { data, etag } = await send('GET /api/jobs/{ref}', { params: { ref: job.id } })
      const body = { ...data.spec, enabled: !job.enabled }
      return api('PUT /api/jobs/{ref}', { params: { ref: job.id }, body, ifMatch: etag })
    },
    meta: { showsProblem: true },
    onError: (error) => notifyProblem(asProblem(error)),
    onSuccess: ({ spec }) => {
      notifyDone(t(spec.enabled ? 'nowEnabled' : 'nowDisabled', { name: spec.name }))
      for (const key of ['GET /api/jobs', 'GET /api/jobs/{ref}/status', 'GET /api/jobs/{ref}/revisions'])
        void queryClient.invalidateQueries({ queryKey: [key] })
      void queryClient.invalidateQueries({ queryKey: ['edit', 'GET /api/jobs/{ref}'] })
    },
  })
  const word = job.enabled ? 'disable' : 'enable'
  const Icon = job.enabled ? IconPlayerPause : IconToggleRight
  return (
    <ReasonButton
      size={size(isSmall)}
      variant="default"
      reason={missing}
      loading={toggle.isPending}
      aria-label={isSmall ? t(`${word}Named`, { name: job.name }) : undefined}
      title={isSmall && missing === undefined ? t(`${word}Named`, { name: job.name }) : undefined}
      leftSection={isSmall ? undefined : <Icon size={14} aria-hidden />}
      onClick={() => toggle.mutate()}
    >
      {isSmall ? <Icon size={14} aria-hidden /> : t(word)}
    </ReasonButton>
  )
}
