import type { JobStatus } from '@holdfast/contract'
import { Anchor, Code, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Time } from '../../../format/time.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { useDurationText } from '../../../forms/widgets/duration-text.ts'
import { Section } from '../../../layout/section.tsx'
import { Facts } from '../../objects/facts.tsx'
import { LastRun } from '../last-run.tsx'
import { OutcomeStrip } from '../outcome-strip.tsx'
import { useKinds } from '../use-kinds.ts'
import { ActiveRun } from './active-run.tsx'
import { JobRuns } from './job-runs.tsx'

const SHOWN_RUNS = 5

/** How a job does: its facts, what goes on now, how the last runs went. */
export function JobSummary({ job }: { job: JobStatus }) {
  const { t } = useTranslation('jobs')
  const isActive = job.lastRun !== null && job.lastRun.status !== 'finished'
  return (
    <Stack>
      {isActive && job.lastRun && <ActiveRun key={job.lastRun.id} id={job.lastRun.id} />}
      <Section title={t('facts')} lead={t(`coverageMeans.${job.coverage}`)}>
        <JobFacts job={job} />
      </Section>
      <Section title={t('lastRuns')} actions={<OutcomeStrip outcomes={job.recentOutcomes} />}>
        <JobRuns id={job.id} limit={SHOWN_RUNS} />
      </Section>
    </Stack>
  )
}

function JobFacts({ job }: { job: JobStatus }) {
  const { t } = useTranslation(['jobs', 'shell'])
  const format = useFormat()
  const durationText = useDurationText()
  const { titleOf } = useKinds()
  const schedule = job.schedule ? (
    <>
      <Code>{job.schedule.cron}</Code>{' '}
      <Text span size="xs" c="dimmed">
        {job.schedule.timeZone}
      </Text>
    </>
  ) : (
    t('jobs:unscheduled')
  )
  return (
    <Facts
      facts={[
        [t('jobs:last'), <LastRun key="last" run={job.lastRun} />],
        [t('jobs:next'), <Time key="next" at={job.nextRunAt} absent="–" />],
        [t('jobs:newest'), <Time key="newest" at={job.newestPointAt} />],
        [t('jobs:points'), format.number(job.pointCount)],
        [t('jobs:rpo'), job.rpo === null ? t('shell:common.none') : durationText(job.rpo)],
        [t('jobs:kind'), titleOf(job.kind)],
        [t('jobs:node'), <ObjectLink key="node" kind="nodes" name={job.node} />],
        [t('jobs:vault'), <ObjectLink key="vault" kind="vaults" name={job.vault} />],
        [t('jobs:policy'), <ObjectLink key="policy" kind="policies" name={job.policy} />],
        [t('jobs:schedule'), schedule],
      ]}
    />
  )
}

function ObjectLink({ kind, name }: { kind: string; name: string | null }) {
  if (name === null) return '–'
  return (
    <Anchor component={Link} to={`/${kind}/${encodeURIComponent(name)}` as string} size="sm">
      {name}
    </Anchor>
  )
}
