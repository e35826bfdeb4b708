import type { Status } from '@holdfast/contract'
import { Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'
import { Section } from '../../layout/section.tsx'
import { RUN_OUTCOME } from '../../status/status-map.ts'
import { PlainTable } from '../../table/plain-table.tsx'
import { useKinds } from '../objects/use-kinds.ts'
import { COLUMNS, type MatrixColumn, outcomeMatrix } from './model/matrix.ts'
import classes from './overview.module.css'

const NAMES = Object.keys(COLUMNS) as MatrixColumn[]
const LOOKS = {
  failed: RUN_OUTCOME.failed,
  warning: RUN_OUTCOME.warning,
  ok: RUN_OUTCOME.success,
  other: RUN_OUTCOME.canceled,
} as const
const PERIOD_MS = 48 * 3_600_000

/** How the runs of two days ended, by job kind; each number leads to its runs. */
export function OutcomeMatrix({ recent, at }: { recent: Status['recentRuns']; at: string }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { titleOf: kindTitle } = useKinds()
  const rows = outcomeMatrix(recent)
  const from = new Date(Date.parse(at) - PERIOD_MS).toISOString()
  return (
    <Section title={t('matrix.title')}>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('matrix.none')}
        </Text>
      ) : (
        <PlainTable
          label={t('matrix.title')}
          columns={[
            { title: t('matrix.kind') },
            ...NAMES.map((name) => ({
              title: t(`matrix.${name}`),
              head: <Head name={name} title={t(`matrix.${name}`)} />,
              isNumber: true,
            })),
          ]}
        >
          {rows.map(({ kind, counts }) => (
            <Table.Tr key={kind}>
              <Table.Th scope="row" fw={500}>
                {kindTitle(kind)}
              </Table.Th>
              {NAMES.map((name) => {
                const { icon: Icon, color } = LOOKS[name]
                const count = format.number(counts[name])
                return (
                  <Table.Td key={name} ta="right">
                    {counts[name] === 0 ? (
                      <Text span inherit c="dimmed">
                        0
                      </Text>
                    ) : (
                      <Link
                        to="/runs"
                        search={{ kind, outcome: [...COLUMNS[name]], from }}
                        className={classes.cell}
                        aria-label={t('matrix.cell', {
                          kind: kindTitle(kind),
                          column: t(`matrix.${name}`),
                          number: count,
                        })}
                      >
                        <Icon size={14} aria-hidden color={`var(--mantine-color-${color}-text)`} />
                        {count}
                      </Link>
                    )}
                  </Table.Td>
                )
              })}
            </Table.Tr>
          ))}
        </PlainTable>
      )}
    </Section>
  )
}

/** The word where there is room for it, else the icon alone. */
function Head({ name, title }: { name: MatrixColumn; title: string }) {
  const { icon: Icon, color } = LOOKS[name]
  return (
    <span className={classes.head} title={title}>
      <Icon size={14} aria-hidden color={`var(--mantine-color-${color}-text)`} />
      <span>{title}</span>
    </span>
  )
}
