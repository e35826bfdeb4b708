import type { Run, RunStep } from '@holdfast/contract'
import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { useNow } from '../../../format/use-now.ts'
import { Section } from '../../../layout/section.tsx'
import { StatusIcon } from '../../../status/status-badge.tsx'
import { RUN_OUTCOME, RUN_STATUS, type StatusLook } from '../../../status/status-map.ts'

/** The steps in order, those of earlier attempts first. */
export function RunSteps({ run, steps }: { run: Run; steps: readonly RunStep[] }) {
  const { t } = useTranslation('runs')
  const hasAttempts = steps.some(({ attempt }) => attempt !== steps[0]?.attempt)
  if (steps.length === 0 && run.startedAt === null) return null
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
            <Step step={step} isOver={run.status === 'finished'} />
          </li>
        ))}
      </Stack>
    </Section>
  )
}

function Step({ step, isOver }: { step: RunStep; isOver: boolean }) {
  const format = useFormat()
  const now = useNow()
  const end = step.finishedAt === null ? now : Date.parse(step.finishedAt)
  const isOpen = step.finishedAt === null && isOver
  return (
    <>
      <Group gap="xs" wrap="nowrap" align="center">
        <StatusIcon look={lookOfStep(step, isOver)} />
        <Text size="sm" lang="en" flex={1} style={{ overflowWrap: 'anywhere' }}>
          {step.name}
        </Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {format.clock(step.startedAt)}
        </Text>
        <Text size="sm" ta="right" miw={70} style={{ whiteSpace: 'nowrap' }}>
          {isOpen ? '' : format.duration(Math.max(end - Date.parse(step.startedAt), 0))}
        </Text>
      </Group>
      {step.error && (
        <Text size="sm" c="red" lang="en" pl={26} style={{ overflowWrap: 'anywhere' }}>
          {step.error.message}
        </Text>
      )}
    </>
  )
}

/** A step without an outcome goes on, unless its run is over: then nobody saw how it ended. */
function lookOfStep(step: RunStep, isOver: boolean): StatusLook {
  if (step.outcome !== null) return RUN_OUTCOME[step.outcome]
  return isOver ? RUN_OUTCOME.lost : RUN_STATUS.running
}
