import { fitsPattern } from '../../../domain/lock-files/name-pattern.ts'
import type { CmdbSyncConfig } from '../config.ts'
import { infrastructureOf } from '../mapping-of.ts'
import type { Inventory, Item, ItemKind, ItemRef } from '../model/inventory.ts'
import { oneMachineEach } from './one-machine.ts'

const CHOSEN: readonly ItemKind[] = ['machine', 'database', 'folder']

/**
 * The inventory as a job wants it: the infrastructure as its settings call it, each machine once, and without what the
 * settings leave out.
 */
export function tailored(inventory: Inventory, config: CmdbSyncConfig): Inventory {
  const { code, name, type } = infrastructureOf(config)
  const evidence = { names: [code], addresses: [] }
  const whole: Item = {
    kind: 'infrastructure',
    id: code,
    name,
    facts: { name, type },
    evidence,
    prefers: null,
  }
  const renamed = (ref: ItemRef): ItemRef => (ref.kind === 'infrastructure' ? whole : ref)
  const isChosen = chooser(config)
  const machines = !config.leaveOut.includes('machine')
  const { inventory: each, merged } = oneMachineEach(inventory, { machines, isChosen })
  const others = each.items.filter(({ kind }) => kind !== 'infrastructure')
  const isTaken = (item: Item) => merged.has(item) || isChosen(item)
  const leftOut = others.filter((item) => !isTaken(item))
  return {
    ...each,
    items: [whole, ...others.filter(isTaken)],
    links: each.links.map((link) => {
      const [from, to] = [renamed(link.from), renamed(link.to)]
      return from === link.from && to === link.to ? link : { rule: link.rule, from, to }
    }),
    leftOut: [...(each.leftOut ?? []), ...leftOut],
  }
}

function chooser({ include, exclude }: CmdbSyncConfig): (item: Item) => boolean {
  const fits = (name: string, patterns: readonly string[]) =>
    patterns.some((pattern) => fitsPattern(name, pattern))
  return ({ kind, name }) =>
    !CHOSEN.includes(kind) || ((include.length === 0 || fits(name, include)) && !fits(name, exclude))
}
