import type { Change, WriteValue } from '../model/changes.ts'

/** What numbers of a plan stand for. */
export interface Words {
  /** Codes of lookup values, by class, attribute and number: `VirtualServer.Type.7`. */
  readonly codes: Readonly<Record<string, string>>
  /** Names of the cards that the same plan makes and others refer to, by their numbers in it. */
  readonly created: ReadonlyMap<number, string>
}

/** Names of the cards that others refer to, and of no others: of those there are many. */
export function wordsOf(changes: readonly Change[], codes: Words['codes']): Words {
  const wanted = new Set<number>()
  for (const change of changes)
    if (change.do === 'create') for (const name in change.values) addRef(wanted, change.values[name])
    else if (change.do === 'update')
      for (const name in change.values) addRef(wanted, change.values[name]?.after)
  const created = new Map<number, string>()
  for (const change of changes)
    if (change.do === 'create' && wanted.has(change.number)) created.set(change.number, change.name)
  return { codes, created }
}

function addRef(to: Set<number>, value: WriteValue | undefined): void {
  if (typeof value === 'object' && value !== null) to.add(value.created)
}

/** Lookup values by their codes; a card that the same plan makes by its name. */
export function toldValue(
  { codes, created }: Words,
  className: string,
  attribute: string,
  value: WriteValue,
): string | number | boolean | null {
  if (typeof value === 'number') return codes[`${className}.${attribute}.${value}`] ?? value
  if (typeof value !== 'object' || value === null) return value
  return created.get(value.created) ?? `#${value.created}`
}
