import type { RunProgress } from '@holdfast/contract'
import { Anchor, Group, Progress, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { Section } from '../../../layout/section.tsx'
import { useRunEvents } from '../../../live/use-run-events.ts'
import { Said } from '../../../phrases/said.tsx'
import { lookOfRun } from '../../../status/look.ts'
import { StatusBadge } from '../../../status/status-badge.tsx'
import { shareOf } from './share.ts'

/** The run that goes on now, as it goes on. */
export function ActiveRun({ id }: { id: string }) {
  const { t } = useTranslation('jobs')
  const { run } = useRunEvents(id)
  return (
    <Section
      title={t('goesOn')}
      actions={
        <Anchor component={Link} to={`/runs/${id}` as string} size="sm">
          {t('openRun')}
        </Anchor>
      }
    >
      {run && (
        <Stack gap="xs">
          <Group gap="sm">
            <StatusBadge look={lookOfRun(run)} />
            {run.waitingFor !== null && (
              <Text size="sm">
                <Said phrase={run.waitingFor} />
              </Text>
            )}
          </Group>
          {run.progress && run.outcome === null && <ProgressView progress={run.progress} />}
        </Stack>
      )}
    </Section>
  )
}

function ProgressView({ progress }: { progress: RunProgress }) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const share = shareOf(progress)
  const words = [
    progress.doneBytes === undefined
      ? null
      : [progress.doneBytes, progress.totalBytes]
          .filter((bytes) => bytes !== undefined)
          .map(format.bytes)
          .join(' / '),
    progress.bytesPerSecond === undefined ? null : format.rate(progress.bytesPerSecond),
    progress.etaSeconds === undefined
      ? null
      : t('left', { time: format.duration(progress.etaSeconds * 1000) }),
  ].filter((word) => word !== null)
  return (
    <Stack gap={4}>
      <Progress
        value={share === null ? 100 : share * 100}
        animated={share === null}
        aria-label={t('goesOn')}
      />
      <Text size="sm">
        {share !== null && `${format.percent(share)} · `}
        {words.join(' · ')}
      </Text>
      {progress.current !== undefined && (
        <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          <Said phrase={progress.current} />
        </Text>
      )}
    </Stack>
  )
}
