import type { JobStatus } from '@holdfast/contract'
import { ActionIcon, Group, Menu, Text, Tooltip } from '@mantine/core'
import {
  IconDots,
  IconListCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconToggleRight,
  type TablerIcon,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../actions/reason-button.tsx'
import { notifyDone } from '../../problems/notify.tsx'
import { isRunning, setEnabled, startRun, useRefreshJobs } from './change-job.ts'

type Subject = Pick<JobStatus, 'id' | 'name' | 'enabled' | 'lastRun'>

interface Action {
  icon: TablerIcon
  label: string
  /** With the name of the job, for where its name does not stand beside. */
  fullLabel: string
  /** Why it cannot be pressed now. */
  reason: string | undefined
  isPending: boolean
  onClick(): void
}

/** The actions of a job on its page. A started run is shown. */
export function PageActions({ job }: { job: Subject }) {
  const navigate = useNavigate()
  const run = useRun(job, (id) => void navigate({ to: '/runs/$ref', params: { ref: id } }))
  return (
    <>
      <PageAction {...useEnable(job)} variant="default" />
      <PageAction {...run} variant="filled" />
    </>
  )
}

function PageAction({ icon: Icon, ...action }: Action & { variant: 'filled' | 'default' }) {
  return (
    <ReasonButton
      variant={action.variant}
      reason={action.reason}
      loading={action.isPending}
      leftSection={<Icon size={14} aria-hidden />}
      onClick={action.onClick}
    >
      {action.label}
    </ReasonButton>
  )
}

/** The actions of a job in a row of a list: side by side, or in a menu where there is little room. */
export function RowActions({ job }: { job: Subject }) {
  const { t } = useTranslation('jobs')
  const actions = [useRun(job), usePlan(job), useEnable(job)]
  return (
    <>
      <Group gap={4} wrap="nowrap" visibleFrom="md">
        {actions.map((action) => (
          <RowAction key={action.label} {...action} />
        ))}
      </Group>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={28}
            hiddenFrom="md"
            aria-label={t('actionsOf', { name: job.name })}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map(({ icon: Icon, label, reason, onClick }) => (
            <Menu.Item
              key={label}
              leftSection={<Icon size={15} aria-hidden />}
              disabled={reason !== undefined}
              onClick={onClick}
            >
              {label}
              {reason !== undefined && (
                <Text size="xs" maw={220}>
                  {reason}
                </Text>
              )}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

/** One that cannot be pressed stays reachable by keyboard, so that its reason can be read. */
function RowAction({ icon: Icon, fullLabel, reason, isPending, onClick }: Action) {
  const isOff = reason !== undefined
  return (
    <Tooltip label={isOff ? `${fullLabel}: ${reason}` : fullLabel}>
      <ActionIcon
        variant="default"
        size={26}
        aria-label={fullLabel}
        loading={isPending}
        {...(isOff ? { 'data-disabled': true, 'aria-disabled': true } : {})}
        onClick={isOff ? undefined : onClick}
      >
        <Icon size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

function useRun(job: Subject, onStarted?: (runId: string) => void): Action {
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
function usePlan({ name }: Subject): Action {
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

function useEnable(job: Subject): Action {
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
