import type { Run } from '@holdfast/contract'
import { Alert, Code, Paper, Stack } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../../format/time.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { useNow } from '../../../format/use-now.ts'
import { Facts } from '../../../layout/facts.tsx'
import { Said } from '../../../phrases/said.tsx'
import { usePrincipalText } from '../../../session/principal.ts'
import { useKinds } from '../../objects/use-kinds.ts'
import { useRoomText } from '../disk/run-disk.tsx'
import { movedBytes, runDuration } from '../run-words.ts'

/** Who started it, when, how long it took, and what it waits for. */
export function RunFacts({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const duration = runDuration(run, useNow(run.status !== 'finished'))
  const { titleOf: kindTitle } = useKinds()
  const whoText = usePrincipalText()
  const roomText = useRoomText()
  const moved = movedBytes(run)
  // Begin and end of a short run would else be the same.
  const isShort = duration !== null && duration < 120_000
  const at = (instant: string | null) =>
    instant === null ? null : <Time at={instant} isAbsolute hasSeconds={isShort} />
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        {run.waitingFor !== null && (
          <Alert color="blue" variant="light" p="xs" icon={<IconHourglass aria-hidden />}>
            {t('one.waiting')}: <Said phrase={run.waitingFor} />
          </Alert>
        )}
        <Facts
          facts={[
            {
              name: t('one.trigger'),
              value: `${run.startedBy === null ? t('one.system') : whoText(run.startedBy)} · ${t(`trigger.${run.trigger}`)}`,
            },
            { name: t('one.slot'), value: at(run.slotAt) },
            { name: t('one.created'), value: at(run.createdAt) },
            { name: t('one.started'), value: at(run.startedAt) },
            { name: t('one.finished'), value: at(run.finishedAt) },
            { name: t('one.duration'), value: duration === null ? null : format.duration(duration) },
            { name: t('one.attempt'), value: run.attempt > 1 ? format.number(run.attempt) : null },
            { name: t('one.moved'), value: moved === null ? null : format.bytes(moved) },
            { name: t('one.disk'), value: run.disk && <span title={run.disk.uuid}>{run.disk.label}</span> },
            { name: t('one.diskRoom'), value: run.disk && roomText(run.disk) },
            { name: t('one.approvedBy'), value: run.approvedBy && whoText(run.approvedBy) },
            { name: t('one.canceledBy'), value: run.canceledBy && whoText(run.canceledBy) },
            { name: t('list.kind'), value: kindTitle(run.jobKind) },
            { name: t('one.id'), value: <Code>{run.id}</Code> },
          ]}
        />
      </Stack>
    </Paper>
  )
}
