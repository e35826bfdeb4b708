import { phraseText, type RunReport as Report, type Run } from '@holdfast/contract'
import { Group, Skeleton, Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/queries.ts'
import { Page } from '../../../layout/page.tsx'
import { useRunEvents } from '../../../live/use-run-events.ts'
import { ProblemAlert } from '../../../problems/problem-alert.tsx'
import { AnchorLink } from '../../../routing/links.ts'
import { lookOfRun } from '../../../status/look.ts'
import { StatusBadge } from '../../../status/status-badge.tsx'
import { useOperationText } from '../../objects/use-operation-text.ts'
import { RunDiskBanner } from '../disk/run-disk.tsx'
import { LogViewer } from '../log/log-viewer.tsx'
import { RunReport } from '../report/run-report.tsx'
import { CancelRun } from './cancel-run.tsx'
import { HeldRun } from './held-run.tsx'
import { PlanSection } from './plan-section.tsx'
import { ReplacedRun } from './replaced-run.tsx'
import { RunError } from './run-error.tsx'
import { RunFacts } from './run-facts.tsx'
import { RunProgress } from './run-progress.tsx'
import { RunSteps } from './run-steps.tsx'

const route = getRouteApi('/shell/runs/$ref')
const RUN_CANCELED = 'run-canceled'

/** One run: what is happening, what went wrong. */
export function RunScreen() {
  const { ref } = route.useParams()
  return <FollowedRun key={ref} id={ref} />
}

function FollowedRun({ id }: { id: string }) {
  const { t } = useTranslation('runs')
  const operationText = useOperationText()
  const read = useApi('GET /api/runs/{ref}', { params: { ref: id } })
  const view = useRunEvents(read.data ? id : null)
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
  // Wanted by somebody, whom the facts name: nothing went wrong.
  const isCanceled = run.error?.code === RUN_CANCELED
  return (
    <Page
      title={t('one.title', { operation: operationText(run), job: run.jobName })}
      badge={<StatusBadge look={lookOfRun(run)} />}
      lead={
        <Group gap="xs">
          <AnchorLink to="/jobs/$ref" params={{ ref: run.jobName }} size="sm">
            {run.jobName}
          </AnchorLink>
        </Group>
      }
      actions={isGoingOn && <CancelRun run={run} />}
    >
      {run.status === 'held' && <HeldRun run={run} />}
      {run.error && !isCanceled && <RunError run={run} error={run.error} steps={view.steps} />}
      <RunDiskBanner run={run} />
      <ReplacedRun run={run} />
      <RunFacts run={run} />
      {isGoingOn && run.progress && <RunProgress progress={run.progress} kind={run.jobKind} />}
      <RunSteps run={run} steps={view.steps} />
      {run.report && tellsMore(run, run.report) && <RunReport run={run} report={run.report} />}
      {run.plan && <PlanSection plan={run.plan} />}
      <LogViewer runId={run.id} live={view.lines} isRunning={isGoingOn} isWhole={view.isEnded} />
    </Page>
  )
}

/** Whether a report says more than why the run ended, which stands above or in the facts already. */
function tellsMore({ error }: Run, report: Report): boolean {
  if (report.warnings.length > 0) return true
  if (error?.code === RUN_CANCELED) return false
  const { summary, counts, details, restorePointIds, retention, table } = report
  const told = [Object.values(counts).filter(Boolean), Object.keys(details), table?.rows ?? []]
  const parts = [...told, restorePointIds, retention]
  return error?.message !== phraseText(summary) || parts.some(({ length }) => length > 0)
}
