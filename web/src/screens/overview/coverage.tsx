import type { CoverageState, Status } from '@holdfast/contract'
import { Group, Text, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'
import { Section } from '../../layout/section.tsx'
import { COVERAGE } from '../../status/status-map.ts'
import classes from './overview.module.css'

const STATES = Object.keys(COVERAGE) as CoverageState[]

/** Jobs by the state of their coverage: a bar of their shares, and numbers that lead to them. */
export function Coverage({ coverage }: { coverage: Status['coverage'] }) {
  const { t } = useTranslation(['overview', 'shell'])
  const format = useFormat()
  const total = STATES.reduce((sum, state) => sum + coverage[state], 0)
  const present = STATES.filter((state) => coverage[state] > 0)
  return (
    <Section title={t('overview:coverage.title')} lead={t('overview:coverage.lead')}>
      <div className={classes.shares} aria-hidden>
        {present.map((state) => (
          <div
            key={state}
            data-hatched={'hatched' in COVERAGE[state] || undefined}
            style={{
              flexGrow: coverage[state],
              backgroundColor: `var(--mantine-color-${COVERAGE[state].color}-filled)`,
            }}
          />
        ))}
      </div>
      <Group gap="xs">
        {STATES.filter((state) => state === 'covered' || coverage[state] > 0).map((state) => {
          const { icon: Icon, word, color } = COVERAGE[state]
          return (
            <Tooltip key={state} label={t('overview:coverage.all', { count: total })}>
              <Link to="/jobs" search={{ coverage: [state] }} className={classes.number}>
                <Text span fz={24} fw={700} lh={1.1}>
                  {format.number(coverage[state])}
                </Text>
                <Group component="span" gap={4} wrap="nowrap">
                  <Icon size={14} aria-hidden color={`var(--mantine-color-${color}-text)`} />
                  <Text span size="sm">
                    {t(`shell:status.${word}`)}
                  </Text>
                </Group>
              </Link>
            </Tooltip>
          )
        })}
      </Group>
    </Section>
  )
}
