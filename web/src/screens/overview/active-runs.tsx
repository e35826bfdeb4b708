import type { RunSummary } from '@holdfast/contract'
import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'
import { Section } from '../../layout/section.tsx'
import { usePhrases } from '../../phrases/use-phrases.ts'
import { AnchorLink, ButtonLink } from '../../routing/links.ts'
import { lookOfRun } from '../../status/look.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { useOperationText } from '../objects/use-operation-text.ts'
import { ProgressBar, progressShare } from '../runs/progress-bar.tsx'
import classes from './overview.module.css'

const SHOWN = 8

/** Runs that go on, wait or are held; those that want a decision first. */
export function ActiveRuns({ runs }: { runs: readonly RunSummary[] }) {
  const { t } = useTranslation('overview')
  const sorted = [...runs].sort((a, b) => lookOfRun(b).rank - lookOfRun(a).rank)
  return (
    <Section
      title={t('active.title')}
      actions={
        <AnchorLink to="/runs" size="sm">
          {t('active.more')}
        </AnchorLink>
      }
    >
      {runs.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('active.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {sorted.slice(0, SHOWN).map((run) => (
          <li key={run.id}>
            <ActiveRun run={run} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function ActiveRun({ run }: { run: RunSummary }) {
  const { t } = useTranslation(['overview', 'runs'])
  const format = useFormat()
  const { text } = usePhrases()
  const operationText = useOperationText()
  const { progress } = run
  const share = progress ? progressShare(progress) : null
  const details = [
    run.waitingFor && text(run.waitingFor),
    share === null ? null : format.percent(share),
    progress?.bytesPerSecond === undefined ? null : format.rate(progress.bytesPerSecond),
    progress?.etaSeconds === undefined
      ? null
      : t('runs:progress.eta', { time: format.duration(progress.etaSeconds * 1000) }),
  ].filter((part) => part !== null)
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <StatusBadge look={lookOfRun(run)} />
        <AnchorLink to="/runs/$ref" params={{ ref: run.id }} size="sm" fw={600} truncate>
          {run.jobName}
        </AnchorLink>
        <Text size="sm" c="dimmed" flex={1} truncate>
          {operationText(run)}
        </Text>
        {run.status === 'held' && (
          <ButtonLink
            to="/runs/$ref"
            params={{ ref: run.id }}
            size="compact-xs"
            color="orange"
            variant="light"
          >
            {t('overview:active.decide')}
          </ButtonLink>
        )}
      </Group>
      {progress && <ProgressBar progress={progress} />}
      {details.length > 0 && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {details.join(' · ')}
        </Text>
      )}
    </>
  )
}
