import type { RunProgress as Progress } from '@holdfast/contract'
import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { Section } from '../../../layout/section.tsx'
import { Said, Title } from '../../../phrases/said.tsx'
import { usePhrases } from '../../../phrases/use-phrases.ts'
import { ProgressBar, progressShare } from '../progress-bar.tsx'

/** How far it is: bar, bytes, items, speed, time left, and what is being worked on. */
export function RunProgress({ progress, kind }: { progress: Progress; kind: string }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const { text } = usePhrases()
  const share = progressShare(progress)
  const { doneBytes, totalBytes, doneItems, totalItems, bytesPerSecond, etaSeconds } = progress
  const parts = [
    doneBytes === undefined
      ? null
      : totalBytes === undefined
        ? format.bytes(doneBytes)
        : t('progress.bytes', { done: format.bytes(doneBytes), total: format.bytes(totalBytes) }),
    doneItems === undefined
      ? null
      : totalItems === undefined
        ? t('progress.itemsDone', { count: doneItems })
        : t('progress.items', { done: format.number(doneItems), total: format.number(totalItems) }),
    bytesPerSecond === undefined ? null : format.rate(bytesPerSecond),
    etaSeconds === undefined ? null : t('progress.eta', { time: format.duration(etaSeconds * 1000) }),
  ].filter((part) => part !== null)
  return (
    <Section title={t('progress.title')}>
      <Stack gap={6}>
        <Group justify="space-between" gap="sm">
          <Text size="sm" fw={600}>
            {progress.step !== undefined && <Title kind={kind} group="step" name={progress.step} />}
          </Text>
          {share !== null && <Text size="sm">{format.percent(share)}</Text>}
        </Group>
        <ProgressBar progress={progress} />
        <Text size="sm">{parts.join(' · ')}</Text>
        {progress.current !== undefined && (
          <Text size="xs" c="dimmed" truncate title={text(progress.current)}>
            <Said phrase={progress.current} />
          </Text>
        )}
      </Stack>
    </Section>
  )
}
