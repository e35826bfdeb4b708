import type { JobStatus } from '@holdfast/contract'
import {
  IconListCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconToggleRight,
  type TablerIcon,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMissingRight } from '../../../actions/reason-button.tsx'
import { notifyDone } from '../../../problems/notify.tsx'
import { isRunning, setEnabled, startRun, useRefreshJobs } from '../change-job.ts'

export type Subject = Pick<JobStatus, 'id' | 'name' | 'kind' | 'enabled' | 'lastRun'>

export interface Action {
  icon: TablerIcon
  label: string
  /** With the name of the job, for where its name does not stand beside. */
  fullLabel: string
  /** Why it cannot be pressed now. */
  reason: string | undefined
  isPending: boolean
  onClick(): void
}

export function useRun(job: Subject, onStarted?: (runId: string) => void): Action {
  const { t } = useTranslation('jobs')
  const refresh = useRefreshJobs()
  const missing = useMissingRight('operate')
  const run = useMutation({
    mutationFn: () => startRun(job),
    onSuccess: ({ id }) => {
      notifyDone(t('started', { name: job.name }))
      refresh()
      onStarted?.(id)
    },
  })
  return {
    icon: IconPlayerPlay,
    label: t('run'),
    fullLabel: t('runNamed', { name: job.name }),
    reason: missing ?? (isRunning(job) ? t('alreadyRuns') : undefined),
    isPending: run.isPending,
    onClick: () => run.mutate(),
  }
}

/** Leads to what a run would do now. */
export function usePlan({ name }: Subject): Action {
  const { t } = useTranslation('jobs')
  const navigate = useNavigate()
  const missing = useMissingRight('operate')
  return {
    icon: IconListCheck,
    label: t('tab.plan'),
    fullLabel: t('planNamed', { name }),
    reason: missing,
    isPending: false,
    onClick: () => void navigate({ to: '/jobs/$ref', params: { ref: name }, search: { tab: 'plan' } }),
  }
}

export function useEnable(job: Subject): Action {
  const { t } = useTranslation('jobs')
  const refresh = useRefreshJobs()
  const missing = useMissingRight('configure')
  const toggle = useMutation({
    mutationFn: () => setEnabled(job.id, !job.enabled),
    onSuccess: ({ spec }) => {
      notifyDone(t(spec.enabled ? 'nowEnabled' : 'nowDisabled', { name: spec.name }))
      refresh()
    },
  })
  const word = job.enabled ? 'disable' : 'enable'
  return {
    icon: job.enabled ? IconPlayerPause : IconToggleRight,
    label: t(word),
    fullLabel: t(`${word}Named`, { name: job.name }),
    reason: missing,
    isPending: toggle.isPending,
    onClick: () => toggle.mutate(),
  }
}
