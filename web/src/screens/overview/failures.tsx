import type { FailureGroup } from '@holdfast/contract'
import { Box, Group, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../format/time.tsx'
import { useFormat } from '../../format/use-format.ts'
import { Section } from '../../layout/section.tsx'
import { AnchorLink } from '../../routing/links.ts'
import { useErrorText } from '../runs/error-text.ts'
import classes from './overview.module.css'

/** What went wrong within a day, once for each cause. */
export function Failures({ failures }: { failures: readonly FailureGroup[] }) {
  const { t } = useTranslation('overview')
  return (
    <Box id="failures">
      <Section title={t('failures.title')}>
        {failures.length === 0 && (
          <Group gap="xs">
            <IconCircleCheck size={16} aria-hidden color="var(--mantine-color-green-text)" />
            <Text size="sm">{t('failures.none')}</Text>
          </Group>
        )}
        <ul className={classes.list}>
          {failures.map((failure) => (
            <li key={failure.code}>
              <Failure failure={failure} />
            </li>
          ))}
        </ul>
      </Section>
    </Box>
  )
}

function Failure({ failure }: { failure: FailureGroup }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { title, hint } = useErrorText(failure)
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <IconCircleX
        size={17}
        aria-hidden
        color="var(--mantine-color-red-text)"
        style={{ flexShrink: 0, marginTop: 2 }}
      />
      <Box flex={1} style={{ minWidth: 0 }}>
        <Group gap="xs" justify="space-between">
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <Text size="xs" c="dimmed">
            {t('failures.times', { count: failure.count })}
          </Text>
        </Group>
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
        <Text size="xs" c="dimmed" lang="en" lineClamp={3} style={{ overflowWrap: 'anywhere' }}>
          {format.inText(failure.message)}
        </Text>
        <Group gap="xs">
          <AnchorLink to="/runs/$ref" params={{ ref: failure.lastRunId }} size="sm">
            {t('failures.last', { job: failure.lastJobName })}
          </AnchorLink>
          <Text size="xs" c="dimmed" component="div">
            <Time at={failure.lastAt} />
          </Text>
        </Group>
      </Box>
    </Group>
  )
}
