import type { Run } from '@holdfast/contract'
import { Alert, Code, Paper, Stack } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../../format/time.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { useNow } from '../../../format/use-now.ts'
import { Facts } from '../../../layout/facts.tsx'
import { runDuration, useKindTitle } from '../run-words.ts'

/** Who started it, when, how long it took, and what it waits for. */
export function RunFacts({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const duration = runDuration(run, useNow())
  const kindTitle = useKindTitle()
  const at = (instant: string | null) => (instant === null ? null : <Time at={instant} isAbsolute />)
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        {run.waitingFor !== null && (
          <Alert color="blue" variant="light" p="xs" icon={<IconHourglass aria-hidden />}>
            {t('one.waiting')}: <span lang="en">{run.waitingFor}</span>
          </Alert>
        )}
        <Facts
          facts={[
            {
              name: t('one.trigger'),
              value: `${run.startedBy ?? t('one.system')} · ${t(`trigger.${run.trigger}`)}`,
            },
            { name: t('one.slot'), value: at(run.slotAt) },
            { name: t('one.created'), value: at(run.createdAt) },
            { name: t('one.started'), value: at(run.startedAt) },
            { name: t('one.finished'), value: at(run.finishedAt) },
            { name: t('one.duration'), value: duration === null ? null : format.duration(duration) },
            { name: t('one.attempt'), value: run.attempt > 1 ? format.number(run.attempt) : null },
            { name: t('one.moved'), value: run.report ? format.bytes(run.report.bytesMoved) : null },
            { name: t('one.approvedBy'), value: run.approvedBy },
            { name: t('one.canceledBy'), value: run.canceledBy },
            { name: t('list.kind'), value: kindTitle(run.jobKind) },
            { name: t('one.id'), value: <Code>{run.id}</Code> },
          ]}
        />
      </Stack>
    </Paper>
  )
}
