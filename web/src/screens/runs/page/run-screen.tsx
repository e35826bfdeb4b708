import { Group, Skeleton, Stack, Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/queries.ts'
import { Page } from '../../../layout/page.tsx'
import { useRunEvents } from '../../../live/use-run-events.ts'
import { ProblemAlert } from '../../../problems/problem-alert.tsx'
import { AnchorLink } from '../../../routing/links.ts'
import { lookOfRun } from '../../../status/look.ts'
import { StatusBadge } from '../../../status/status-badge.tsx'
import { LogViewer } from '../log/log-viewer.tsx'
import { CancelRun } from './cancel-run.tsx'
import { HeldRun } from './held-run.tsx'
import { PlanSection } from './plan-section.tsx'
import { ReplacedRun } from './replaced-run.tsx'
import { RunError } from './run-error.tsx'
import { RunFacts } from './run-facts.tsx'
import { RunProgress } from './run-progress.tsx'
import { RunReport } from './run-report.tsx'
import { RunSteps } from './run-steps.tsx'

const route = getRouteApi('/shell/runs/$ref')

/** One run: what is happening, what went wrong. */
export function RunScreen() {
  const { ref } = route.useParams()
  return <FollowedRun key={ref} id={ref} />
}

function FollowedRun({ id }: { id: string }) {
  const { t } = useTranslation('runs')
  const read = useApi('GET /api/runs/{ref}', { params: { ref: id } })
  const view = useRunEvents(id)
  const run = view.run ?? read.data
  if (!run) {
    if (read.error) return <ProblemAlert error={read.error} onRetry={() => void read.refetch()} />
    return (
      <Stack aria-busy>
        <Skeleton height={28} width={280} />
        <Skeleton height={160} />
        <Skeleton height={320} />
      </Stack>
    )
  }
  const isGoingOn = run.status !== 'finished'
  return (
    <Page
      title={t('one.title', { operation: t(`operation.${run.operation}`), job: run.jobName })}
      badge={<StatusBadge look={lookOfRun(run)} />}
      lead={
        <Group gap="xs">
          <AnchorLink to="/jobs/$ref" params={{ ref: run.jobName }} size="sm">
            {run.jobName}
          </AnchorLink>
          {!view.isLive && isGoingOn && (
            <Text span size="sm" role="status">
              {t('one.lostLive')}
            </Text>
          )}
        </Group>
      }
      actions={isGoingOn ? <CancelRun run={run} /> : undefined}
    >
      {run.status === 'held' && <HeldRun run={run} />}
      {run.error && <RunError run={run} error={run.error} steps={view.steps} />}
      <ReplacedRun run={run} />
      <RunFacts run={run} />
      {isGoingOn && run.progress && <RunProgress progress={run.progress} />}
      <RunSteps run={run} steps={view.steps} />
      {run.report && <RunReport report={run.report} />}
      {run.plan && <PlanSection plan={run.plan} />}
      <LogViewer runId={run.id} live={view.lines} isRunning={isGoingOn} />
    </Page>
  )
}
