import type { JobStatus, RunOutcome, RunStatus } from '@holdfast/contract'
import { Anchor, Flex } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Time } from '../../format/time.tsx'
import { lookOfRun } from '../../status/look.ts'
import { StatusBadge } from '../../status/status-badge.tsx'

/** How the last run of a job went and when, leading to it. */
export function LastRun({ run, isStacked }: { run: JobStatus['lastRun']; isStacked?: boolean }) {
  const { t } = useTranslation('jobs')
  if (!run) return <span>{t('neverRan')}</span>
  // The server tells both as text; they are those of a run.
  const look = lookOfRun({ status: run.status as RunStatus, outcome: run.outcome as RunOutcome | null })
  return (
    <Flex direction={isStacked ? 'column' : 'row'} align={isStacked ? 'flex-start' : 'center'} columnGap="xs">
      <StatusBadge look={look} />
      <Anchor component={Link} to={`/runs/${run.id}` as string} size={isStacked ? 'xs' : 'sm'}>
        <Time at={run.finishedAt ?? run.startedAt ?? run.createdAt} />
      </Anchor>
    </Flex>
  )
}
