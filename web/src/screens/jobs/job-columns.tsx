import type { JobStatus } from '@holdfast/contract'
import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../format/time.tsx'
import { useFormat } from '../../format/use-format.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { COVERAGE, SWITCH } from '../../status/status-map.ts'
import type { Column } from '../../table/columns.ts'
import { EnableJob, RunNow } from './job-actions.tsx'
import { LastRun } from './last-run.tsx'
import { OutcomeStrip } from './outcome-strip.tsx'
import { runLength } from './run-length.ts'

/** Columns of the list of jobs. `titleOf` gives the name of a kind in the reader's language. */
export function useJobColumns(titleOf: (kind: string) => string): Column<JobStatus>[] {
  const { t } = useTranslation(['jobs', 'shell'])
  const format = useFormat()
  return useMemo(() => {
    const words: Column<JobStatus>[] = [
      {
        id: 'name',
        title: t('shell:common.name'),
        cell: ({ name }) => name,
        sortBy: ({ name }) => name,
      },
      {
        id: 'coverage',
        title: t('jobs:coverage'),
        cell: ({ coverage }) => (
          <StatusBadge look={COVERAGE[coverage]} tip={t(`jobs:coverageMeans.${coverage}`)} />
        ),
        sortBy: ({ coverage }) => -COVERAGE[coverage].rank,
      },
      { id: 'last', title: t('jobs:last'), cell: ({ lastRun }) => <LastRun run={lastRun} /> },
      {
        id: 'recent',
        title: t('jobs:recent'),
        cell: ({ recentOutcomes }) => <OutcomeStrip outcomes={recentOutcomes} />,
      },
    ]
    return [...words, ...settings(t, titleOf), ...times(t, format), actions(t)]
  }, [t, format, titleOf])
}

type T = ReturnType<typeof useTranslation<['jobs', 'shell']>>['t']

function settings(t: T, titleOf: (kind: string) => string): Column<JobStatus>[] {
  return [
    {
      id: 'enabled',
      title: t('jobs:state'),
      cell: ({ enabled }) => <StatusBadge look={enabled ? SWITCH.enabled : SWITCH.disabled} />,
      sortBy: ({ enabled }) => Number(!enabled),
    },
    {
      id: 'kind',
      title: t('jobs:kind'),
      cell: ({ kind }) => titleOf(kind),
      sortBy: ({ kind }) => titleOf(kind),
    },
    {
      id: 'way',
      title: t('jobs:way'),
      cell: ({ node, vault }) => (
        <Text span inherit>
          {node ?? '–'} <span aria-hidden>→</span> {vault ?? '–'}
        </Text>
      ),
      sortBy: ({ node }) => node,
    },
    {
      id: 'schedule',
      title: t('jobs:schedule'),
      cell: ({ schedule }) =>
        schedule ? (
          <Stack gap={0}>
            <Code style={{ whiteSpace: 'nowrap' }}>{schedule.cron}</Code>
            <Text span size="xs" c="dimmed">
              {schedule.timeZone}
            </Text>
          </Stack>
        ) : (
          t('jobs:unscheduled')
        ),
    },
  ]
}

function times(t: T, format: ReturnType<typeof useFormat>): Column<JobStatus>[] {
  return [
    {
      id: 'next',
      title: t('jobs:next'),
      cell: ({ nextRunAt }) => <Time at={nextRunAt} absent="–" />,
      sortBy: ({ nextRunAt }) => (nextRunAt === null ? null : Date.parse(nextRunAt)),
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
    title: '',
    cell: (job) => (
      <Group gap={4} wrap="nowrap" justify="flex-end">
        <RunNow job={job} isSmall />
        <EnableJob job={job} isSmall />
        <Button
          renderRoot={(props) => (
            <Link {...props} to="/jobs/$ref" params={{ ref: job.name }} search={{ tab: 'plan' }} />
          )}
          size="compact-xs"
          variant="default"
          aria-label={t('jobs:planNamed', { name: job.name })}
          title={t('jobs:planNamed', { name: job.name })}
        >
          <IconListCheck size={14} aria-hidden />
        </Button>
      </Group>
    ),
  }
}
