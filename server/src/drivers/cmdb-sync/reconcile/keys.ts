import type { CardValue } from '../model/cmdb.ts'
import { type Inventory, ITEM_KINDS, type ItemKind, type ItemRef } from '../model/inventory.ts'

type Source = Pick<Inventory, 'system' | 'instance' | 'aliases'>

/** `<system>:<instance>/<kind>/<id>`: what a card bears to be found again, whatever it is called by then. */
export function keyOf(source: Source, { kind, id }: ItemRef): string {
  return `${source.system}:${source.instance}/${kind}/${id}`
}

/** Whose a key is: nobody's, of an item of this source, or another's (one that cannot be read included). */
export type Bearing = { readonly of: 'nobody' | 'another' } | { readonly of: 'us'; readonly item: ItemRef }

const NOBODY: Bearing = { of: 'nobody' }
const ANOTHER: Bearing = { of: 'another' }

/** Reads keys for one source, by its instance and all its aliases. An id may hold slashes, an instance does not. */
export function keyReader(source: Source): (value: CardValue | undefined) => Bearing {
  const prefixes = [source.instance, ...source.aliases].map((name) => `${source.system}:${name}/`)
  const kinds = new Set<string>(ITEM_KINDS)
  return (value) => {
    const key = typeof value === 'string' ? value.trim() : ''
    if (key === '') return NOBODY
    const prefix = prefixes.find((one) => key.startsWith(one))
    if (prefix === undefined) return ANOTHER
    const slash = key.indexOf('/', prefix.length)
    const kind = slash < 0 ? '' : key.slice(prefix.length, slash)
    const id = slash < 0 ? '' : key.slice(slash + 1)
    return kinds.has(kind) && id !== '' ? { of: 'us', item: { kind: kind as ItemKind, id } } : ANOTHER
  }
}
