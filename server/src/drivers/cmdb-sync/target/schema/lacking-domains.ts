import type { CmdbDomain } from '../../model/cmdb.ts'
import { ITEM_KINDS, type ItemKind, type LinkRule } from '../../model/inventory.ts'
import type { Mapping } from '../../model/mapping.ts'
import type { KnownSchema, Lacking } from './lack.ts'
import { wantedClasses } from './wanted.ts'

const ROOT = 'Class'

const PROTECTED: readonly ItemKind[] = ['machine', 'database', 'folder']

/** What kinds of item a relation of a rule joins. */
const ENDS: Readonly<Record<LinkRule, { from: readonly ItemKind[]; to: readonly ItemKind[] }>> = {
  'in-infrastructure': {
    from: ['infrastructure'],
    to: ITEM_KINDS.filter((kind) => kind !== 'infrastructure'),
  },
  'job-on-storage': { from: ['job'], to: ['storage'] },
  'machine-in-job': { from: PROTECTED, to: ['job'] },
  'machine-by-proxy': { from: ['machine'], to: ['server'] },
}

interface WantedDomain {
  readonly cardinality: '1:N' | 'N:N'
  readonly sources: Set<string>
  readonly destinations: Set<string>
}

/** Domains of the relations that are on, and of the references that are lacking. */
export function lackingDomains(schema: KnownSchema, mapping: Mapping): Lacking[] {
  const links = linkDomains(mapping)
  const lacking = [...links, ...referenceDomains(schema, mapping)].flatMap(([domain, wanted]): Lacking[] => {
    if (schema.domains.has(domain)) return []
    const source = nearestCommon(schema, mapping, wanted.sources)
    const destination = nearestCommon(schema, mapping, wanted.destinations)
    const ends = source === null || destination === null ? null : { source, destination }
    return [{ what: 'domain', domain, cardinality: wanted.cardinality, ends }]
  })
  const unfit = [...links].flatMap(([domain, wanted]) => {
    const found = schema.domains.get(domain)
    return found ? ofDomain(schema, mapping, found, wanted) : []
  })
  return [...lacking, ...unfit]
}

function linkDomains(mapping: Mapping): Map<string, WantedDomain> {
  const domains = new Map<string, WantedDomain>()
  const namesOf = (kinds: readonly ItemKind[]) =>
    kinds.flatMap((kind) => mapping.kinds[kind].classes.map(({ className }) => className))
  for (const rule of mapping.links) {
    const [from, to] = [namesOf(ENDS[rule].from), namesOf(ENDS[rule].to)]
    // A rule without items on one side never relates anything.
    if (from.length === 0 || to.length === 0) continue
    join(domains, mapping.domains[rule], 'N:N', from, to)
  }
  return domains
}

/** Many of the class belong to one of the other: as all references of CMDBuild's own model are made. */
function referenceDomains(schema: KnownSchema, mapping: Mapping): Map<string, WantedDomain> {
  const domains = new Map<string, WantedDomain>()
  for (const { className, fields } of wantedClasses(mapping))
    for (const { attribute, lacking } of fields) {
      const isThere = schema.classes.get(className)?.attributes.has(attribute)
      if (!isThere && lacking?.type === 'reference')
        join(domains, lacking.domain, '1:N', [lacking.targetClass], [className])
    }
  return domains
}

function join(
  domains: Map<string, WantedDomain>,
  name: string,
  cardinality: '1:N' | 'N:N',
  sources: readonly string[],
  destinations: readonly string[],
): void {
  const known = domains.get(name)
  domains.set(name, {
    cardinality,
    sources: new Set([...(known?.sources ?? []), ...sources]),
    destinations: new Set([...(known?.destinations ?? []), ...destinations]),
  })
}

/** The lowest class that is all of these, or above them; null when there is none but the root of all. */
function nearestCommon(schema: KnownSchema, mapping: Mapping, names: ReadonlySet<string>): string | null {
  const [first = [], ...others] = [...names].map((name) => lineageOf(schema, mapping, name))
  return first.find((name) => name !== ROOT && others.every((lineage) => lineage.includes(name))) ?? null
}

/** Of a class that is still to be made, too. */
function lineageOf(schema: KnownSchema, mapping: Mapping, className: string): readonly string[] {
  const found = schema.classes.get(className)
  if (found) return found.lineage
  const kind = Object.values(mapping.kinds).find(({ newIn }) => newIn === className)
  const parent = kind?.lackingParent ?? null
  return parent === null ? [className] : [className, ...(schema.classes.get(parent)?.lineage ?? [parent])]
}

function ofDomain(
  schema: KnownSchema,
  mapping: Mapping,
  found: CmdbDomain,
  { sources, destinations }: WantedDomain,
): Lacking[] {
  const domain = found.name
  const misfits = (end: 'source' | 'destination', names: ReadonlySet<string>): Lacking[] => {
    const disabled = end === 'source' ? found.disabledSources : found.disabledDestinations
    return [...names]
      .filter((className) => {
        const lineage = lineageOf(schema, mapping, className)
        return !lineage.includes(found[end]) || disabled.includes(className)
      })
      .map((className) => ({ what: 'domain-end', domain, className, end }))
  }
  return [
    ...(found.isActive ? [] : [{ what: 'inactive-domain', domain } as const]),
    ...(found.canCreate ? [] : [{ what: 'domain-right', domain } as const]),
    ...misfits('source', sources),
    ...misfits('destination', destinations),
  ]
}
