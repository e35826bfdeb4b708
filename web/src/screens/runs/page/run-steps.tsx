import type { Run, RunOutcome, RunStep } from '@holdfast/contract'
import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { useNow } from '../../../format/use-now.ts'
import { Section } from '../../../layout/section.tsx'
import { Title } from '../../../phrases/said.tsx'
import { usePrincipalText } from '../../../session/principal.ts'
import { lookOfStep } from '../../../status/look.ts'
import { StatusIcon } from '../../../status/status-badge.tsx'
import { approvedAt } from '../run-words.ts'

/** The steps in order, those of earlier attempts first. */
export function RunSteps({ run, steps }: { run: Run; steps: readonly RunStep[] }) {
  const { t } = useTranslation('runs')
  const whoText = usePrincipalText()
  const hasAttempts = steps.some(({ attempt }) => attempt !== steps[0]?.attempt)
  // Of a run that has ended they are still on their way, or there are none.
  if (steps.length === 0 && (run.startedAt === null || run.status === 'finished')) return null
  return (
    <Section title={t('steps.title')}>
      {steps.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('steps.none')}
        </Text>
      )}
      <Stack component="ol" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {steps.map((step, index) => (
          <li key={`${step.attempt} ${step.position}`}>
            {hasAttempts && step.attempt !== steps[index - 1]?.attempt && (
              <Text size="xs" c="dimmed" fw={600} mb={4}>
                {t('steps.attempt', { attempt: step.attempt })}
              </Text>
            )}
            {run.approvedBy !== null && approvedAt(steps) === index && (
              <Text size="xs" c="dimmed" fw={600} mb={4}>
                {t('steps.approved', { by: whoText(run.approvedBy) })}
              </Text>
            )}
            <Step step={step} kind={run.jobKind} outcome={run.status === 'finished' ? run.outcome : null} />
          </li>
        ))}
      </Stack>
    </Section>
  )
}

function Step({ step, kind, outcome }: { step: RunStep; kind: string; outcome: RunOutcome | null }) {
  const isOver = outcome !== null
  const format = useFormat()
  const now = useNow(step.finishedAt === null && !isOver)
  const end = step.finishedAt === null ? now : Date.parse(step.finishedAt)
  const isOpen = step.finishedAt === null && isOver
  return (
    <>
      <Group gap="xs" wrap="nowrap" align="center">
        <StatusIcon look={lookOfStep(step, outcome)} />
        <Text size="sm" flex={1} style={{ overflowWrap: 'anywhere' }}>
          <Title kind={kind} group="step" name={step.name} />
        </Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {format.clock(step.startedAt)}
        </Text>
        <Text size="sm" ta="right" miw={70} style={{ whiteSpace: 'nowrap' }}>
          {isOpen ? '' : format.duration(Math.max(end - Date.parse(step.startedAt), 0))}
        </Text>
      </Group>
      {step.error && step.outcome !== 'canceled' && (
        <Text size="sm" c="red" lang="en" pl={26} style={{ overflowWrap: 'anywhere' }}>
          {step.error.message}
        </Text>
      )}
    </>
  )
}
