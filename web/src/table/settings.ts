import { useState } from 'react'

export interface TableSettings {
  /** Columns the reader switched on or off; the others are as the page has them. */
  columns: Record<string, boolean>
  isCompact: boolean
  sort: { id: string; desc: boolean }[]
}

export const NO_SETTINGS: TableSettings = { columns: {}, isCompact: true, sort: [] }

/** How the reader likes a table, kept in this browser by the table's id. */
export function useTableSettings(id: string): [TableSettings, (change: Partial<TableSettings>) => void] {
  const key = `holdfast.table.${id}`
  const [settings, setSettings] = useState(() => parseSettings(read(key)))
  const change = (part: Partial<TableSettings>) => {
    const next = { ...settings, ...part }
    setSettings(next)
    try {
      localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // Storage is full or switched off: the choice lasts as long as the page.
    }
  }
  return [settings, change]
}

/** What was kept may come from another version of this page, or from anybody: only what fits is taken. */
export function parseSettings(text: string | null): TableSettings {
  const stored = parse(text)
  if (typeof stored !== 'object' || stored === null) return NO_SETTINGS
  const { columns, isCompact, sort } = stored as Record<string, unknown>
  return {
    columns: Object.fromEntries(
      Object.entries(typeof columns === 'object' && columns !== null ? columns : {}).filter(
        (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
      ),
    ),
    isCompact: typeof isCompact === 'boolean' ? isCompact : NO_SETTINGS.isCompact,
    sort: Array.isArray(sort)
      ? sort.filter((one) => typeof one?.id === 'string' && typeof one?.desc === 'boolean')
      : [],
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
