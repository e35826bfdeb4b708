import type { ReportTable as Table } from '@holdfast/contract'
import { Button, Group, Text, TextInput } from '@mantine/core'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { Section } from '../../../layout/section.tsx'
import { usePhrases } from '../../../phrases/use-phrases.ts'
import type { Column } from '../../../table/columns.ts'
import { DataTable } from '../../../table/data-table.tsx'
import {
  emptyColumns,
  foundRows,
  numberColumns,
  type ReportRow,
  reportRows,
  type ToldCell,
} from './report-rows.ts'

const PAGE = 200

interface ReportTableProps {
  runId: string
  kind: string
  table: Table
}

/** The lines that a run tells beyond its counts. Drawn page by page, searched in all of them. */
export function ReportTable({ runId, kind, table }: ReportTableProps) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(PAGE)
  // Typing stays quick: many rows are searched once there is time for it.
  const wanted = useDeferredValue(search)
  const tell = useTell(kind)
  const rows = useMemo(() => reportRows(table, tell), [table, tell])
  const found = useMemo(() => foundRows(rows, wanted), [rows, wanted])
  const shown = useMemo(() => found.slice(0, limit), [found, limit])
  const columns = useReportColumns(kind, table)
  const look = (text: string) => {
    setSearch(text)
    setLimit(PAGE)
  }
  const cut = table.total - table.rows.length
  return (
    <Section
      title={t('report.table')}
      lead={
        cut > 0
          ? t('report.tableCut', {
              kept: format.number(table.rows.length),
              total: format.number(table.total),
            })
          : t('report.tableTotal', { count: table.rows.length })
      }
      actions={<Downloads runId={runId} />}
    >
      <DataTable
        id={`report.${kind}`}
        label={t('report.table')}
        columns={columns}
        rows={shown}
        rowKey={({ index }) => String(index)}
        paging={{
          hasMore: shown.length < found.length,
          isLoadingMore: false,
          more: () => setLimit(limit + PAGE),
        }}
        filters={
          <Group gap="xs">
            <TextInput
              size="xs"
              type="search"
              aria-label={t('report.tableSearch')}
              placeholder={t('report.tableSearch')}
              leftSection={<IconSearch size={14} aria-hidden />}
              value={search}
              onChange={(event) => look(event.currentTarget.value)}
              w={260}
            />
            {wanted.trim() !== '' && (
              <Text size="xs" c="dimmed" role="status">
                {t('report.tableFound', {
                  found: format.number(found.length),
                  total: format.number(rows.length),
                })}
              </Text>
            )}
          </Group>
        }
        onClearFilter={search === '' ? undefined : () => look('')}
        // Without a search there is at least one row.
        empty={null}
      />
    </Section>
  )
}

function Downloads({ runId }: { runId: string }) {
  const { t } = useTranslation('runs')
  const path = `/api/runs/${encodeURIComponent(runId)}/report`
  const download = (format: 'csv' | 'json', label: string) => (
    <Button
      component="a"
      // The server names the file.
      href={`${path}?format=${format}`}
      download
      variant="default"
      leftSection={<IconDownload size={14} aria-hidden />}
    >
      {label}
    </Button>
  )
  return (
    <Group gap="xs">
      {download('csv', t('report.csv'))}
      {download('json', t('report.json'))}
    </Group>
  )
}

/** On a narrow screen, columns with something in them that a line shows before it is opened. */
const BRIEF = 7

/** The first column names the line, all others stand beside it in the order of the report. */
function useReportColumns(kind: string, table: Table): Column<ReportRow>[] {
  const { title } = usePhrases()
  return useMemo(() => {
    const numbers = numberColumns(table)
    const empty = emptyColumns(table)
    const brief = new Set(table.columns.filter((name) => !empty.has(name)).slice(1, BRIEF))
    return table.columns.map((name, place) => ({
      id: name,
      title: title(kind, 'column', name).text,
      isNumber: numbers.has(place),
      isBrief: brief.has(name),
      isExtra: empty.has(name),
      cell: ({ cells }) => <CellView value={cells[place] ?? null} />,
      sortBy: ({ cells }) => cells[place] ?? null,
    }))
  }, [table, kind, title])
}

/** What a cell is called by the job kind: `create` of the column `action`. */
function useTell(kind: string): Parameters<typeof reportRows>[1] {
  const { t } = useTranslation()
  const { value } = usePhrases()
  return useCallback(
    (column, cell) => {
      if (typeof cell === 'boolean') return t(cell ? 'common.yes' : 'common.no')
      return typeof cell === 'string' ? value(kind, column, cell) : cell
    },
    [kind, value, t],
  )
}

/** Characters. */
const LONG_WORD = 24

/** Numbers stand as they are: they may be ids. A word is broken only where it would make the whole table wide. */
function CellView({ value }: { value: ToldCell }) {
  if (value === null || value === '') return null
  if (typeof value === 'number') return value
  const isLong = value.split(/[\s/-]/).some((word) => word.length > LONG_WORD)
  return (
    <Text span inherit style={{ overflowWrap: isLong ? 'anywhere' : 'normal', whiteSpace: 'pre-line' }}>
      {value}
    </Text>
  )
}
