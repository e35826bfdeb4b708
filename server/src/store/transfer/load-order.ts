import { HoldfastError } from '@holdfast/contract'

export interface Reference {
  from: string
  to: string
}

/**
 * Tables in an order in which they can be loaded one by one with their foreign keys in force: what is referred to comes
 * first, otherwise by name. A table may refer to itself: a foreign key is checked at the end of the COPY that loads all
 * of its rows. This needs no privilege, unlike session_replication_role. A circle is a mistake in the schema, found
 * when a backup is taken rather than when it is needed.
 */
export function loadOrder(tables: readonly string[], references: readonly Reference[]): string[] {
  const waiting = new Set([...tables].sort())
  const ordered: string[] = []
  while (waiting.size > 0) {
    const blocked = (name: string) =>
      references.some(({ from, to }) => from === name && to !== name && waiting.has(to))
    const ready = [...waiting].filter((name) => !blocked(name))
    if (ready.length === 0) {
      throw new HoldfastError('invariant-broken', 'foreign keys refer to each other in a circle', {
        details: { tables: [...waiting] },
        hint: 'Declare one of them deferrable.',
      })
    }
    for (const name of ready) waiting.delete(name)
    ordered.push(...ready)
  }
  return ordered
}
