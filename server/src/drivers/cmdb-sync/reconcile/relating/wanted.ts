import type { CardRef, Relate } from '../../model/changes.ts'
import type { CmdbDomain } from '../../model/cmdb.ts'
import { LINK_RULES, type Link, type LinkRule } from '../../model/inventory.ts'
import { say } from '../../texts/texts.ts'
import { compareRefs } from '../order.ts'
import type { Setting } from '../setting.ts'
import { lineageOf, type Place, type Places, refOf } from '../writing/fact-value.ts'
import { takes } from './rules.ts'

/** What ought to be related: which relations there are of it, and what lacks, by domain and in order, each pair once. */
export interface Wanted {
  readonly there: ReadonlySet<number>
  readonly lacking: ReadonlyMap<string, ReadonlyMap<string, Relate>>
}

/** What a card is called in a pair: below zero for a new one. */
export function endOf(ref: CardRef): number {
  return 'card' in ref ? ref.card : -ref.created
}

/** Rules that are on by the domain of each, where the CMDB has it. */
export function domainsOf({ mapping, cmdb, inventory, remarks }: Setting): ReadonlyMap<LinkRule, CmdbDomain> {
  const linked = new Set<LinkRule>()
  for (const { rule } of inventory.links) linked.add(rule)
  return new Map(
    LINK_RULES.flatMap((rule): [LinkRule, CmdbDomain][] => {
      if (!mapping.links.includes(rule)) return []
      const domain = cmdb.domains.get(mapping.domains[rule])
      if (domain?.isActive) return [[rule, domain]]
      if (linked.has(rule)) remarks.once(say('relate.noDomain', { domain: mapping.domains[rule] }))
      return []
    }),
  )
}

/** Links of which an end is nowhere are left out. */
export function wantedRelations(
  setting: Setting,
  places: Places,
  domains: ReadonlyMap<LinkRule, CmdbDomain>,
): Wanted {
  const related = new Map([...domains.values()].map(({ name }) => [name, byPair(setting, name)]))
  const there = new Set<number>()
  const lacking = new Map([...related.keys()].map((name) => [name, new Map<string, Relate>()]))
  for (const link of setting.inventory.links.toSorted(compareLinks)) {
    const domain = domains.get(link.rule)
    const [source, destination] = [places.get(link.from), places.get(link.to)]
    if (domain === undefined || source === undefined || destination === undefined) continue
    const [from, to] = [refOf(source), refOf(destination)]
    if (endOf(from) === endOf(to)) continue
    const pair = pairOf(endOf(from), endOf(to))
    const relation = related.get(domain.name)?.get(pair)
    const lacks = lacking.get(domain.name)
    if (relation !== undefined) there.add(relation)
    else if (!lacks?.has(pair) && isTaken(setting, domain, link, source, destination))
      lacks?.set(pair, { do: 'relate', domain: domain.name, from, to, names: namesOf(setting, link) })
  }
  return { there, lacking }
}

function isTaken(setting: Setting, domain: CmdbDomain, link: Link, from: Place, to: Place): boolean {
  const isFit =
    takes(domain, 'source', lineageOf(setting, from)) && takes(domain, 'destination', lineageOf(setting, to))
  if (!isFit) {
    const classes = { from: from.className, to: to.className, domain: domain.name }
    const about = `shut out ${domain.name} ${from.className} ${to.className}`
    setting.remarks.of(about, namesOf(setting, link).join(' → '), (of) =>
      say('relate.shutOut', { ...of, ...classes }),
    )
  }
  return isFit
}

/** Relations by their ends. */
function byPair({ cmdb }: Setting, domain: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const { id, sourceId, destinationId } of cmdb.relations.get(domain) ?? [])
    found.set(pairOf(sourceId, destinationId), id)
  return found
}

/** Joined, since a text that is added up takes twice the memory. */
function pairOf(source: number, destination: number): string {
  return [source, destination].join('>')
}

function compareLinks(a: Link, b: Link): number {
  return (
    LINK_RULES.indexOf(a.rule) - LINK_RULES.indexOf(b.rule) ||
    compareRefs(a.from, b.from) ||
    compareRefs(a.to, b.to)
  )
}

function namesOf({ items }: Setting, { from, to }: Link): readonly [from: string, to: string] {
  const nameOf = ({ kind, id }: Link['from']) => items.get(kind)?.get(id)?.name ?? id
  return [nameOf(from), nameOf(to)]
}
