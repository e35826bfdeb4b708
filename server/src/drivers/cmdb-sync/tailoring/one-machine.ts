import type { Inventory, Item, ItemRef, Link } from '../model/inventory.ts'
import { comparedNames } from '../reconcile/matching/names.ts'

export interface Wanted {
  /** Whether protected machines are written at all. */
  readonly machines: boolean
  /** Whether what is known of this one's protection is. */
  isChosen(machine: Item): boolean
}

export interface OneMachineEach {
  readonly inventory: Inventory
  /** Machines that are servers too. */
  readonly merged: ReadonlySet<Item>
}

/**
 * A machine that does work for the backup system and is protected by it is one machine, and has one card: the item of
 * the server goes into that of the machine. Both must bear the same full name, or the same short one where one of them
 * is known by no other, and no third item may bear it too. A machine that is left out is still the server that it is:
 * its card would be taken for gone otherwise.
 */
export function oneMachineEach(inventory: Inventory, wanted: Wanted): OneMachineEach {
  const pairs = pairsIn(inventory.items)
  if (pairs.size === 0) return { inventory, merged: new Set() }
  if (!wanted.machines) {
    const machines = new Set(pairs.values())
    const items = inventory.items.filter((item) => !machines.has(item))
    return { inventory: { ...inventory, items }, merged: new Set() }
  }
  const servers = new Map([...pairs].map(([server, machine]) => [server.id, machine]))
  const merged = new Map(
    [...pairs].map(([server, machine]) => [machine, both(server, machine, wanted.isChosen(machine))]),
  )
  const moved = (ref: ItemRef): ItemRef => (ref.kind === 'server' && servers.get(ref.id)) || ref
  const links = inventory.links.map(({ rule, from, to }) => ({ rule, from: moved(from), to: moved(to) }))
  const items = inventory.items.flatMap((item) => (pairs.has(item) ? [] : [merged.get(item) ?? item]))
  return { inventory: { ...inventory, items, links: distinct(links) }, merged: new Set(merged.values()) }
}

/** What is known of the protection comes from the machine, what only the server has is added. */
function both(server: Item, machine: Item, isChosen: boolean): Item {
  const { names, addresses } = machine.evidence
  return {
    ...machine,
    facts: { ...server.facts, ...(isChosen ? machine.facts : {}), ...typeOf(server) },
    evidence: {
      names: [...new Set([...names, ...server.evidence.names])],
      addresses: [...new Set([...addresses, ...server.evidence.addresses])],
    },
  }
}

/** What it does for the backup system says more of it than that it is a machine. */
function typeOf({ facts: { type } }: Item): Item['facts'] {
  return type === undefined ? {} : { type }
}

function pairsIn(items: readonly Item[]): Map<Item, Item> {
  const byName = new Map<string, Item[]>()
  const servers = items.filter(({ kind }) => kind === 'server')
  for (const server of servers) for (const name of namesOf(server)) byName.set(name, [])
  // Of many machines few are named as one of the few servers is.
  for (const item of items)
    if (item.kind === 'server' || item.kind === 'machine')
      for (const name of namesOf(item)) byName.get(name)?.push(item)
  const pairs = new Map<Item, Item>()
  const taken = new Set<Item>()
  for (const server of servers) {
    const others = new Set(namesOf(server).flatMap((name) => byName.get(name) ?? []))
    others.delete(server)
    const [machine] = others
    if (others.size !== 1 || machine?.kind !== 'machine' || taken.has(machine)) continue
    if (!isSame(server, machine)) continue
    pairs.set(server, machine)
    taken.add(machine)
  }
  return pairs
}

function namesOf({ evidence }: Item): string[] {
  const { full, short } = comparedNames(evidence.names)
  return [...new Set([...full, ...short])]
}

/** Two machines of the same short name in two domains are two. */
function isSame(server: Item, machine: Item): boolean {
  const [one, other] = [comparedNames(server.evidence.names), comparedNames(machine.evidence.names)]
  if (one.full.length > 0 && other.full.length > 0) return one.full.some((name) => other.full.includes(name))
  return true
}

function distinct(links: readonly Link[]): Link[] {
  const nameOf = ({ rule, from, to }: Link) => JSON.stringify([rule, from.kind, from.id, to.kind, to.id])
  return [...new Map(links.map((link) => [nameOf(link), link])).values()]
}
