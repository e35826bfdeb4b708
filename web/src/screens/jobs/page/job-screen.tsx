import { Skeleton, Stack, Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/queries.ts'
import { Page } from '../../../layout/page.tsx'
import { ProblemAlert } from '../../../problems/problem-alert.tsx'
import { StatusBadge } from '../../../status/status-badge.tsx'
import { COVERAGE, SWITCH } from '../../../status/status-map.ts'
import { Revisions } from '../../objects/revisions.tsx'
import { useKinds } from '../../objects/use-kinds.ts'
import { PageActions } from '../actions/job-actions.tsx'
import { TABS, validateTab } from '../search.ts'
import { JobEdit } from './job-edit.tsx'
import { JobPlan } from './job-plan.tsx'
import { JobPoints } from './job-points.tsx'
import { JobRuns } from './job-runs.tsx'
import { JobSummary } from './job-summary.tsx'

const route = getRouteApi('/shell/jobs/$ref')

/** One job: how it does, what it would do now, what it did, and its settings. */
export function JobScreen() {
  const { t } = useTranslation('jobs')
  const { ref } = route.useParams()
  const { tab = 'summary' } = route.useSearch()
  const navigate = route.useNavigate()
  const { doesProtect } = useKinds()
  const status = useApi('GET /api/jobs/{ref}/status', { params: { ref } })
  if (status.error && !status.data)
    return <ProblemAlert error={status.error} onRetry={() => void status.refetch()} />
  const job = status.data
  if (!job)
    return (
      <Stack aria-busy>
        <Skeleton height={28} width={240} />
        <Skeleton height={240} />
      </Stack>
    )
  return (
    <Page
      title={job.name}
      lead={job.description ?? undefined}
      badge={
        <>
          {doesProtect(job.kind) && (
            <StatusBadge look={COVERAGE[job.coverage]} tip={t(`coverageMeans.${job.coverage}`)} />
          )}
          {!job.enabled && <StatusBadge look={SWITCH.disabled} />}
        </>
      }
      actions={<PageActions job={job} />}
    >
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ search: validateTab({ tab: next }), replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {TABS.filter((one) => one !== 'points' || doesProtect(job.kind)).map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="summary">
          <JobSummary job={job} />
        </Tabs.Panel>
        <Tabs.Panel value="plan">
          <JobPlan id={job.id} />
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <JobRuns id={job.id} />
        </Tabs.Panel>
        <Tabs.Panel value="points">
          <JobPoints id={job.id} />
        </Tabs.Panel>
        <Tabs.Panel value="changes">
          <Revisions kind="jobs" objectRef={job.id} />
        </Tabs.Panel>
        <Tabs.Panel value="edit">
          <JobEdit id={job.id} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
