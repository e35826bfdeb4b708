import type { Relate, Unrelate } from '../../model/changes.ts'
import type { CmdbDomain, CmdbRelation } from '../../model/cmdb.ts'
import type { ItemRef, LinkRule } from '../../model/inventory.ts'
import { say } from '../../texts/texts.ts'
import { compareText } from '../order.ts'
import type { Orphans } from '../orphans/orphans.ts'
import type { Setting } from '../setting.ts'
import type { Written } from '../writing/write-items.ts'
import { Places, ruleOf } from './rules.ts'
import { domainsOf, endOf, wantedRelations } from './wanted.ts'

export interface Relating {
  /** With removals before them, of domains in which a card has one place that must be free first. */
  readonly relates: readonly (Relate | Unrelate)[]
  readonly unrelates: readonly Unrelate[]
}

type Named = ItemRef & { readonly name: string }

/** Makes what is lacking, and takes away what only we can have made: between cards that both bear our keys. */
export function relateItems(
  setting: Setting,
  { places, ours }: Pick<Written, 'places' | 'ours'>,
  { leaving }: Pick<Orphans, 'leaving'>,
): Relating {
  const domains = domainsOf(setting)
  const { there, lacking } = wantedRelations(setting, places, domains)
  const [infrastructure] = setting.items.get('infrastructure')?.values() ?? []
  const home = infrastructure === undefined ? undefined : places.get(infrastructure)
  const homeCard = home !== undefined && 'card' in home ? home.card : null

  // Our own infrastructure is known even where its card bears no key.
  const endItem = (card: number): Named | undefined => {
    if (card === homeCard) return infrastructure
    return ours.get(card) ?? leaving.get(card)
  }
  const removal = (domain: CmdbDomain, relation: CmdbRelation): Unrelate | null => {
    if (relation.isForeign) return null
    const [from, to] = [endItem(relation.sourceId), endItem(relation.destinationId)]
    if (from === undefined || to === undefined || !domain.canCreate) return null
    const rule = ruleOf(from.kind, to.kind)
    if (rule === null || domains.get(rule) !== domain) return null
    if (knowledgeOf(rule, from, to).some((kind) => setting.inventory.incomplete.has(kind))) return null
    const names = [from.name, to.name] as const
    return { do: 'unrelate', domain: domain.name, relation: relation.id, names }
  }

  const relates: (Relate | Unrelate)[] = []
  const unrelates: Unrelate[] = []
  for (const domain of [...new Set(domains.values())].sort((a, b) => compareText(a.name, b.name))) {
    const taken = new Places(domain)
    const removed: Unrelate[] = []
    for (const relation of setting.cmdb.relations.get(domain.name) ?? []) {
      const change = there.has(relation.id) ? null : removal(domain, relation)
      if (change === null) taken.take(relation.sourceId, relation.destinationId)
      else removed.push(change)
    }
    removed.sort((a, b) => a.relation - b.relation)
    const into = taken.isLimited ? relates : unrelates
    for (const change of removed) into.push(change)
    for (const change of made(setting, domain, lacking.get(domain.name)?.values() ?? [], taken))
      relates.push(change)
  }
  return { relates, unrelates }
}

/** Kinds without all of which a relation that is not wanted may only be unknown. */
function knowledgeOf(rule: LinkRule, from: ItemRef, to: ItemRef): ItemRef['kind'][] {
  // Its jobs say by which proxies a machine is read.
  return rule === 'machine-by-proxy' ? [from.kind, to.kind, 'server', 'job'] : [from.kind, to.kind]
}

function* made(
  { remarks }: Setting,
  domain: CmdbDomain,
  lacking: Iterable<Relate>,
  taken: Places,
): Generator<Relate> {
  for (const relate of lacking) {
    if (!domain.canCreate) {
      remarks.once(say('relate.mayNot', { domain: domain.name }))
      return
    }
    const [source, destination] = [endOf(relate.from), endOf(relate.to)]
    if (taken.areFree(source, destination)) {
      taken.take(source, destination)
      yield relate
    } else
      remarks.of(`taken ${domain.name}`, relate.names.join(' → '), (of) =>
        say('relate.taken', { ...of, domain: domain.name, cardinality: domain.cardinality }),
      )
  }
}
