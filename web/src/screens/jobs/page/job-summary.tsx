import type { JobStatus } from '@holdfast/contract'
import { Anchor, Group, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Time } from '../../../format/time.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { useDurationText } from '../../../forms/widgets/duration-text.ts'
import { Facts } from '../../../layout/facts.tsx'
import { Section } from '../../../layout/section.tsx'
import { useKinds } from '../../objects/use-kinds.ts'
import { isRunning } from '../change-job.ts'
import { LastRun } from '../last-run.tsx'
import { OutcomeStrip } from '../outcome-strip.tsx'
import { ScheduleText } from '../schedule/schedule-text.tsx'
import { ActiveRun } from './active-run.tsx'
import { JobRuns } from './job-runs.tsx'

const SHOWN_RUNS = 5

/** How a job does: its facts, what goes on now, how the last runs went. */
export function JobSummary({ job }: { job: JobStatus }) {
  const { t } = useTranslation('jobs')
  const { doesProtect } = useKinds()
  const lead = doesProtect(job.kind) ? t(`coverageMeans.${job.coverage}`) : undefined
  return (
    <Stack>
      {job.lastRun && isRunning(job) && <ActiveRun key={job.lastRun.id} id={job.lastRun.id} />}
      <Section title={t('facts')} lead={lead}>
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
  const { titleOf, doesProtect } = useKinds()
  const protects = doesProtect(job.kind)
  const isBetweenNodes = job.namedNodes.length > 0
  // What copies to another node makes no restore points, unless it once did.
  const hasPoints = protects && (!isBetweenNodes || job.vault !== null || job.pointCount > 0)
  const rpo = job.rpo === null ? t('shell:common.none') : durationText(job.rpo)
  const own = <ObjectLink kind="nodes" name={job.node} />
  const named = isBetweenNodes ? <NodeLinks names={job.namedNodes} /> : null
  return (
    <Facts
      facts={[
        { name: t('jobs:last'), value: <LastRun run={job.lastRun} /> },
        { name: t('jobs:next'), value: <Time at={job.nextRunAt} absent="–" /> },
        { name: t('jobs:newest'), value: hasPoints ? <Time at={job.newestPointAt} /> : null },
        { name: t('jobs:points'), value: hasPoints ? format.number(job.pointCount) : null },
        { name: t('jobs:rpo'), value: protects ? rpo : null },
        { name: t('jobs:kind'), value: titleOf(job.kind) },
        { name: t(isBetweenNodes ? 'jobs:sourceNode' : 'jobs:node'), value: protects ? own : named },
        { name: t('jobs:target'), value: protects ? named : own },
        { name: t('jobs:vault'), value: hasPoints ? <ObjectLink kind="vaults" name={job.vault} /> : null },
        { name: t('jobs:policy'), value: protects ? <ObjectLink kind="policies" name={job.policy} /> : null },
        { name: t('jobs:schedule'), value: <ScheduleText schedule={job.schedule} /> },
      ]}
    />
  )
}

function NodeLinks({ names }: { names: readonly string[] }) {
  return (
    <Group gap="xs">
      {names.map((name) => (
        <ObjectLink key={name} kind="nodes" name={name} />
      ))}
    </Group>
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
