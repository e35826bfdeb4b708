import { useMemo, useState } from 'react'

/** Rows that the reader has marked. Those that left the list, by a filter for instance, are marked no more. */
export interface Selection<T> {
  rows: T[]
  isMarked(row: T): boolean
  isAll: boolean
  mark(row: T, isMarked: boolean): void
  /** All rows that are loaded. */
  markAll(isMarked: boolean): void
  clear(): void
}

export function useSelection<T>(rows: readonly T[] | undefined, keyOf: (row: T) => string): Selection<T> {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  const marked = useMemo(() => (rows ?? []).filter((row) => keys.has(keyOf(row))), [rows, keys, keyOf])
  return {
    rows: marked,
    isMarked: (row) => keys.has(keyOf(row)),
    isAll: marked.length > 0 && marked.length === rows?.length,
    mark: (row, isMarked) => {
      const others = [...keys].filter((key) => key !== keyOf(row))
      setKeys(new Set(isMarked ? [...others, keyOf(row)] : others))
    },
    markAll: (isMarked) => setKeys(new Set(isMarked ? (rows ?? []).map(keyOf) : [])),
    clear: () => setKeys(new Set()),
  }
}
