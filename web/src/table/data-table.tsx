import { Box, Button, Group, Text } from '@mantine/core'
import type { LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../problems/problem-alert.tsx'
import type { Column } from './columns.ts'
import { useTableSettings } from './settings.ts'
import { NothingFound } from './states.tsx'
import { TableGrid } from './table-grid.tsx'
import { TableOptions } from './table-options.tsx'

interface DataTableProps<T> {
  /** Keeps the reader's columns, density and order in this browser. */
  id: string
  /** Said to those who cannot see the page's title beside it. */
  label: string
  columns: readonly Column<T>[]
  /** Undefined while loading. */
  rows: readonly T[] | undefined
  rowKey(row: T): string
  /** Where a row leads; the first column is the link, the whole row is where it can be clicked. */
  rowLink?(row: T): LinkProps
  error?: unknown
  onRetry?(): void
  /** From `usePages`. A list that is there as a whole has none and can be sorted. */
  paging?: { hasMore: boolean; isLoadingMore: boolean; more(): void }
  /** Filters, left above the table. */
  filters?: ReactNode
  /** With a filter set, an empty list says that nothing matches, and takes the filter away on request. */
  onClearFilter?: (() => void) | undefined
  /** What an empty list teaches: an EmptyState. */
  empty: ReactNode
}

/** The one table of all screens. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { rows, columns, paging, error } = props
  const { t } = useTranslation()
  const [settings, changeSettings] = useTableSettings(props.id)
  const isWhole = paging?.hasMore !== true
  const shown = Object.fromEntries(columns.map(({ id, isExtra }) => [id, settings.columns[id] ?? !isExtra]))
  const isEmpty = rows !== undefined && rows.length === 0
  const hasFailed = error !== null && error !== undefined
  const clear = props.onClearFilter
  return (
    <Box>
      {props.filters !== undefined && (
        <Group gap="xs" align="flex-end" mb="xs">
          {props.filters}
        </Group>
      )}
      {hasFailed && <ProblemAlert error={error} {...(props.onRetry ? { onRetry: props.onRetry } : {})} />}
      {isEmpty && (clear ? <NothingFound onClear={clear} /> : props.empty)}
      {!isEmpty && !(hasFailed && rows === undefined) && (
        <TableGrid
          label={props.label}
          columns={columns}
          rows={rows}
          rowKey={props.rowKey}
          rowLink={props.rowLink}
          isWhole={isWhole}
          shown={shown}
          settings={settings}
          onSort={(sort) => changeSettings({ sort })}
        />
      )}
      {rows !== undefined && rows.length > 0 && (
        <Group mt="xs" gap="md" mih={28}>
          <Text size="xs" c="dimmed" role="status">
            {isWhole
              ? t('table.loaded', { count: rows.length })
              : t('table.loadedOfMore', { count: rows.length })}
          </Text>
          {paging?.hasMore && (
            <Button variant="default" loading={paging.isLoadingMore} onClick={paging.more}>
              {t('table.more')}
            </Button>
          )}
          <Box ml="auto">
            <TableOptions columns={columns} shown={shown} settings={settings} onChange={changeSettings} />
          </Box>
        </Group>
      )}
    </Box>
  )
}
