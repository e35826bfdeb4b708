import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import type { ReactNode } from 'react'

export const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
})

/** A column of a DataTable. Keep the list stable: `useMemo`. */
export interface Column<T> {
  /** Kept in the browser with the reader's choice of columns. */
  id: string
  title: string
  /** Said only to those who cannot see: what stands below tells itself. */
  isTitleHidden?: boolean
  cell(row: T): ReactNode
  /** What it is sorted by, where the whole list is there; null comes last. Numbers and dates as numbers. */
  sortBy?(row: T): string | number | null
  /** Numbers, sizes and durations stand right. */
  isNumber?: boolean
  /** Hidden until the reader asks for it. */
  isExtra?: boolean
  /** On a narrow screen, shown without being asked for. Without any, the first two after the name are. */
  isBrief?: boolean
  /** Width in pixels where the content should not decide. */
  width?: number
}

/** What a row shows on a narrow screen before it is opened: its name, what is marked so, and its actions. */
export function briefColumns<T>(columns: readonly Column<T>[]): ReadonlySet<string> {
  const [name, ...others] = columns
  const marked = others.filter(({ isBrief }) => isBrief)
  const shown = marked.length > 0 ? marked : others.filter((column) => !isActions(column)).slice(0, 2)
  const all = [...(name ? [name] : []), ...shown, ...others.filter(isActions)]
  return new Set(all.map(({ id }) => id))
}

/** A column of buttons has no title to see. */
export function isActions<T>({ title, isTitleHidden }: Column<T>): boolean {
  return title === '' || isTitleHidden === true
}

/** `sortBy` in the reader's language, so that a name with an accent stands where it is looked for. */
export function toTableColumns<T extends object>(
  columns: readonly Column<T>[],
  locale: string,
  isSortable: boolean,
): ColumnDef<typeof features, T>[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  return columns.map((column) => ({
    id: column.id,
    header: column.title,
    accessorFn: (row: T) => column.sortBy?.(row) ?? undefined,
    cell: ({ row }) => column.cell(row.original),
    enableSorting: isSortable && column.sortBy !== undefined,
    sortUndefined: 'last' as const,
    sortFn: (a, b) => {
      const left = column.sortBy?.(a.original)
      const right = column.sortBy?.(b.original)
      if (typeof left === 'number' && typeof right === 'number') return left - right
      return collator.compare(String(left ?? ''), String(right ?? ''))
    },
  }))
}
