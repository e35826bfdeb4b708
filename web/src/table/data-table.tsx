import { Box, Button, Group, Text } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../problems/problem-alert.tsx'
import type { Column } from './columns.ts'
import classes from './data-table.module.css'
import { type Selection, useSelection } from './selection.ts'
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
  /** With it, rows can be marked; shown above the table while some are. `nameOf` names a row for those who cannot see. */
  bulk?: { nameOf(row: T): string; actions(selection: Selection<T>): ReactNode }
  /** Filters, left above the table. */
  filters?: ReactNode
  /** With a filter set, an empty list says that nothing matches, and takes the filter away on request. */
  onClearFilter?: (() => void) | undefined
  /** What an empty list teaches: an EmptyState. */
  empty: ReactNode
}

/** Filters in a row; on a narrow screen behind a button, which tells whether one is set. */
function FilterBar({ isSet, children }: { isSet: boolean; children: ReactNode }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Box mb="xs">
      <Button
        className={classes.filterButton ?? ''}
        variant={isSet ? 'light' : 'default'}
        leftSection={<IconFilter size={14} aria-hidden />}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('table.filter')}
      </Button>
      <div className={classes.filters} data-open={isOpen || undefined}>
        {children}
      </div>
    </Box>
  )
}

/** The one table of all screens. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { rows, columns, paging, error } = props
  const { t } = useTranslation()
  const [settings, changeSettings] = useTableSettings(props.id)
  const isWhole = paging?.hasMore !== true
  const selection = useSelection(rows, props.rowKey)
  const shown = Object.fromEntries(columns.map(({ id, isExtra }) => [id, settings.columns[id] ?? !isExtra]))
  const isEmpty = rows !== undefined && rows.length === 0
  const hasFailed = error !== null && error !== undefined
  const clear = props.onClearFilter
  return (
    <Box>
      {props.filters !== undefined && <FilterBar isSet={clear !== undefined}>{props.filters}</FilterBar>}
      {selection.rows.length > 0 && props.bulk && (
        <Group gap="xs" mb="xs" role="group" aria-label={t('table.marked', { count: selection.rows.length })}>
          <Text size="sm" fw={600} role="status">
            {t('table.marked', { count: selection.rows.length })}
          </Text>
          {props.bulk.actions(selection)}
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
          {...(props.bulk ? { marking: { ...selection, nameOf: props.bulk.nameOf } } : {})}
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
