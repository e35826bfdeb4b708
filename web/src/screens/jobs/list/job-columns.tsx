import type { JobStatus } from '@holdfast/contract'
import { Code, Stack, Text } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../../format/time.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { StatusBadge } from '../../../status/status-badge.tsx'
import { COVERAGE, SWITCH } from '../../../status/status-map.ts'
import type { Column } from '../../../table/columns.ts'
import { useKinds } from '../../objects/use-kinds.ts'
import { RowActions } from '../actions/job-actions.tsx'
import { LastRun } from '../last-run.tsx'
import { OutcomeStrip } from '../outcome-strip.tsx'
import { runLength } from '../run-length.ts'
import { ScheduleText } from '../schedule/schedule-text.tsx'

/**
 * Columns of the list of jobs. What everybody needs stands in few columns of two lines, so that it fits a narrow
 * window; the rest waits in the choice of columns.
 */
export function useJobColumns(): Column<JobStatus>[] {
  const { t } = useTranslation(['jobs', 'shell'])
  const format = useFormat()
  const { titleOf, doesProtect } = useKinds()
  return useMemo(
    () => [...told(t, titleOf, doesProtect), actions(t), ...extras(t, format)],
    [t, format, titleOf, doesProtect],
  )
}

type T = ReturnType<typeof useTranslation<['jobs', 'shell']>>['t']

function told(
  t: T,
  titleOf: (kind: string) => string,
  doesProtect: (kind: string) => boolean,
): Column<JobStatus>[] {
  return [
    {
      id: 'name',
      title: t('shell:common.name'),
      cell: ({ name, kind }) => (
        <Stack component="span" gap={0} miw={110}>
          <span style={{ overflowWrap: 'anywhere' }}>{name}</span>
          <Text span size="xs" c="dimmed" fw={400}>
            {titleOf(kind)}
          </Text>
        </Stack>
      ),
      sortBy: ({ name }) => name,
    },
    {
      id: 'way',
      title: t('jobs:way'),
      cell: (job) => {
        const [from, to] = wayOf(job, doesProtect(job.kind))
        return (
          <Stack gap={0} miw={84} style={{ overflowWrap: 'anywhere' }}>
            <span>{from}</span>
            <span>
              <span aria-hidden>→</span> {to}
            </span>
          </Stack>
        )
      },
      sortBy: ({ node }) => node,
    },
    {
      id: 'schedule',
      title: t('jobs:schedule'),
      cell: ({ schedule, nextRunAt }) => (
        <Stack gap={0}>
          <span>
            <ScheduleText schedule={schedule} />
          </span>
          {nextRunAt !== null && (
            <Text span size="xs" c="dimmed">
              <Time at={nextRunAt} />
            </Text>
          )}
        </Stack>
      ),
      sortBy: ({ nextRunAt }) => (nextRunAt === null ? null : Date.parse(nextRunAt)),
    },
    {
      id: 'last',
      isBrief: true,
      title: t('jobs:last'),
      cell: ({ lastRun }) => <LastRun run={lastRun} isStacked />,
      sortBy: ({ lastRun }) => (lastRun === null ? null : Date.parse(lastRun.createdAt)),
    },
    {
      id: 'coverage',
      isBrief: true,
      title: t('jobs:coverage'),
      cell: ({ kind, coverage, enabled }) => (
        <Stack gap={4} align="flex-start">
          {doesProtect(kind) && (
            <StatusBadge look={COVERAGE[coverage]} tip={t(`jobs:coverageMeans.${coverage}`)} />
          )}
          {!enabled && <StatusBadge look={SWITCH.disabled} />}
        </Stack>
      ),
      sortBy: ({ coverage }) => -COVERAGE[coverage].rank,
    },
  ]
}

/** From where to where. */
function wayOf({ node, namedNodes, vault }: JobStatus, protects: boolean): [from: string, to: string] {
  const own = node ?? '–'
  const named = namedNodes.join(', ') || '–'
  return protects ? [own, vault ?? named] : [named, own]
}

function extras(t: T, format: ReturnType<typeof useFormat>): Column<JobStatus>[] {
  return [
    {
      id: 'recent',
      title: t('jobs:recent'),
      cell: ({ recentOutcomes }) => <OutcomeStrip outcomes={recentOutcomes} />,
      isExtra: true,
    },
    {
      id: 'duration',
      title: t('jobs:duration'),
      isNumber: true,
      cell: ({ lastRun }) => {
        const length = runLength(lastRun)
        return length === null ? '' : format.duration(length)
      },
      sortBy: ({ lastRun }) => runLength(lastRun),
      isExtra: true,
    },
    {
      id: 'policy',
      title: t('jobs:policy'),
      cell: ({ policy }) => policy ?? t('shell:common.none'),
      sortBy: ({ policy }) => policy,
      isExtra: true,
    },
    {
      id: 'cron',
      title: t('jobs:cron'),
      cell: ({ schedule }) =>
        schedule && <Code style={{ whiteSpace: 'nowrap' }}>{`${schedule.cron} ${schedule.timeZone}`}</Code>,
      isExtra: true,
    },
    {
      id: 'points',
      title: t('jobs:points'),
      isNumber: true,
      cell: ({ pointCount }) => format.number(pointCount),
      sortBy: ({ pointCount }) => pointCount,
      isExtra: true,
    },
    {
      id: 'newest',
      title: t('jobs:newest'),
      cell: ({ newestPointAt }) => <Time at={newestPointAt} />,
      sortBy: ({ newestPointAt }) => (newestPointAt === null ? null : Date.parse(newestPointAt)),
      isExtra: true,
    },
  ]
}

function actions(t: T): Column<JobStatus> {
  return {
    id: 'actions',
    title: t('jobs:actions'),
    isTitleHidden: true,
    cell: (job) => <RowActions job={job} />,
  }
}
