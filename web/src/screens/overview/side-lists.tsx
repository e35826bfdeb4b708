import type { Status, WorkerStatus } from '@holdfast/contract'
import { Box, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Time } from '../../format/time.tsx'
import { useFormat } from '../../format/use-format.ts'
import { useNow } from '../../format/use-now.ts'
import { Section } from '../../layout/section.tsx'
import { AnchorLink } from '../../routing/links.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { WORKER } from '../../status/status-map.ts'
import classes from './overview.module.css'

const NEXT_SHOWN = 5

/** What runs next by schedule. */
export function NextRuns({ runs }: { runs: Status['nextRuns'] }) {
  const { t } = useTranslation('overview')
  return (
    <Section title={t('next.title')}>
      {runs.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('next.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {runs.slice(0, NEXT_SHOWN).map(({ jobId, jobName, at }) => (
          <li key={`${jobId} ${at}`}>
            <Group justify="space-between" gap="sm" wrap="nowrap">
              <AnchorLink to="/jobs/$ref" params={{ ref: jobName }} size="sm" truncate>
                {jobName}
              </AnchorLink>
              <Text size="sm" component="div">
                <Time at={at} />
              </Text>
            </Group>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Who does the work, and when each was heard of. */
export function Workers({ workers }: { workers: readonly WorkerStatus[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const now = useNow()
  return (
    <Box id="workers">
      <Section title={t('workers.title')}>
        {workers.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('workers.none')}
          </Text>
        )}
        <ul className={classes.list}>
          {workers.map((worker) => (
            <li key={worker.id}>
              <Group gap="xs" wrap="nowrap">
                <StatusBadge look={worker.alive ? WORKER.alive : WORKER.gone} />
                <Text size="sm" flex={1} truncate>
                  {worker.host} · {t('workers.site', { site: worker.site })}
                </Text>
                <Text size="xs" c="dimmed" title={format.full(worker.seenAt)}>
                  {t('workers.seen', { time: format.relative(worker.seenAt, now) })}
                </Text>
              </Group>
            </li>
          ))}
        </ul>
      </Section>
    </Box>
  )
}
