import { fc } from '../../../../../../tools/lab/properties.testkit.ts'
import type { CardValue, Cmdb, CmdbAttribute, CmdbCard, CmdbClass, CmdbDomain } from '../../model/cmdb.ts'
import { type Inventory, type Item, type ItemKind, LINK_RULES, type Link } from '../../model/inventory.ts'
import type { ClassMapping, FieldMapping, KindMapping, Mapping } from '../../model/mapping.ts'
import {
  attribute,
  CLASSES,
  classMapping,
  cmdb,
  DOMAINS,
  field,
  HOME,
  inventory,
  kindMapping,
  mapping,
} from './build.testkit.ts'

/** Few names and ids, so that they meet: duplicates, other spellings, other cases of letters, some too long. */
const LONG = `long-${'x'.repeat(60)}`
const NAMES = [
  'web',
  'WEB',
  'web.a.it',
  'Web.A.it.',
  'web.b.it',
  'db',
  'db.a.it',
  'straße',
  'STRASSE',
  'οδος',
  'ΟΔΟΣ',
  'Job v1.2',
  LONG,
]
const IDS = ['a', 'b', 'c', 'web', 'x/y', LONG]
const ADDRESSES = ['10.0.0.1', '10.0.0.2', '2001:db8::1']
const STORED_ADDRESSES = [...ADDRESSES, '10.0.0.1/24', '2001:DB8:0::1']
const KINDS: readonly ItemKind[] = ['server', 'storage', 'job', 'machine']

const name = fc.constantFrom(...NAMES)
const id = fc.constantFrom(...IDS)
const kind = fc.constantFrom(...KINDS)
const ref = fc.record({ kind, id })
const sometimes = <T>(of: fc.Arbitrary<T>, weight = 1) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight, arbitrary: of })

const status = fc.constantFrom('InUse', 'Stopped', 'Removed', 'unheard of')
const facts = fc.record(
  {
    name,
    hostname: sometimes(name),
    address: sometimes(fc.constantFrom(...ADDRESSES)),
    status: sometimes(status, 3),
    description: name,
    capacityGb: fc.constantFrom(null, 0, 100, 100.4, 1000, 1e15),
    job: fc.oneof(ref, fc.record({ kind: fc.constant('job' as const), id })),
    storage: fc.oneof(ref, fc.record({ kind: fc.constant('storage' as const), id })),
  },
  { requiredKeys: [] },
)

const item: fc.Arbitrary<Item> = fc.record({
  kind,
  id,
  name,
  facts,
  evidence: fc.record({
    names: fc.array(name, { maxLength: 2 }),
    addresses: fc.array(fc.constantFrom(...ADDRESSES), { maxLength: 1 }),
  }),
  prefers: fc.constantFrom(null, 'virtual', 'physical'),
})

const itemName = ({ kind: of, id: called }: Pick<Item, 'kind' | 'id'>) => `${of} ${called}`

export const anyInventory: fc.Arbitrary<Inventory> = fc
  .record({
    items: fc.uniqueArray(item, { selector: itemName, maxLength: 8 }),
    links: fc.array(fc.record({ rule: fc.constantFrom(...LINK_RULES), at: fc.tuple(fc.nat(), fc.nat()) }), {
      maxLength: 10,
    }),
    gone: fc.array(ref, { maxLength: 1 }),
    incomplete: fc.option(kind, { freq: 4 }),
  })
  .map(({ items, links, gone, incomplete }) => {
    const all = [HOME, ...items]
    const pick = (at: number) => all[at % all.length] ?? HOME
    return inventory(all, {
      links: links.map(({ rule, at: [from, to] }): Link => {
        const start = rule === 'in-infrastructure' ? HOME : pick(from)
        const { kind: toKind, id: toId } = pick(to)
        return { rule, from: { kind: start.kind, id: start.id }, to: { kind: toKind, id: toId } }
      }),
      leftOut: gone.filter((one) => !items.some((other) => itemName(other) === itemName(one))),
      incomplete: new Map(incomplete === null ? [] : [[incomplete, 'cut short']]),
    })
  })

/** Of items that are there, of others of this source, by its other name, of other sources, and of nothing. */
const anyKey = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(null, '') },
  { weight: 4, arbitrary: ref.map((of) => `veeam:vbr/${of.kind}/${of.id}`) },
  { weight: 1, arbitrary: ref.map((of) => `veeam:HOME/${of.kind}/${of.id}`) },
  fc.constantFrom(
    'veeam:other/machine/a',
    'holdfast:vbr/machine/a',
    'veeam:vbr/tape/a',
    'by hand',
    'veeam:vbr/machine/',
  ),
)

function storedValue({ name: of, type }: CmdbAttribute, refs: readonly number[]): fc.Arbitrary<CardValue> {
  if (of === 'SourceKey') return anyKey
  if (of === 'Code') return sometimes(fc.constantFrom(...IDS, ...NAMES), 6)
  if (type === 'lookup') return sometimes(fc.constantFrom(501, 502, 503), 3)
  if (type === 'decimal') return fc.constantFrom(null, 0, 100, 100.9, 50)
  if (type === 'reference') return sometimes(fc.constantFrom(...refs, 999))
  if (type === 'ipAddress') return sometimes(fc.constantFrom(...STORED_ADDRESSES), 2)
  if (type === 'dateTime') return fc.constantFrom(null, '2026-01-01T00:00:00.000Z')
  return sometimes(
    fc.constantFrom(...NAMES, 'Removed', 'InUse').map((text) => text.slice(0, 50)),
    3,
  )
}

const oddAttribute = fc.constantFrom<Partial<CmdbAttribute>[]>(
  { isActive: false },
  { canUpdate: false },
  { canCreate: false },
  { canRead: false },
  { isMandatory: true },
  { maxLength: 8 },
  { type: 'integer', maxLength: null },
)

/** A class as it ought to be, or lacking some attributes, or with some that are unlike what the mapping takes them for. */
function oddClass(usual: CmdbClass): fc.Arbitrary<CmdbClass> {
  const names = [...usual.attributes.keys()]
  const odd = fc.record({
    without: fc.subarray(names, { maxLength: 2 }),
    unlike: fc.array(fc.tuple(fc.constantFrom(...names), oddAttribute), { maxLength: 2 }),
    more: fc.constantFrom<Partial<CmdbClass>[]>(
      ...[
        {},
        {},
        {},
        { canUpdate: false },
        { canCreate: false },
        { canDelete: false },
        { isActive: false },
        { isPrototype: true },
      ],
    ),
    asks: fc.constantFrom(false, false, false, true),
  })
  const made = odd.map(({ without, unlike, more, asks }) => {
    const attributes = new Map(usual.attributes)
    for (const [of, change] of unlike) {
      const there = attributes.get(of)
      if (there !== undefined) attributes.set(of, { ...there, ...change })
    }
    for (const of of without) attributes.delete(of)
    if (asks) attributes.set('Asked', attribute('Asked', { isMandatory: true }))
    return { ...usual, ...more, attributes }
  })
  return fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: made })
}

function oddDomain(usual: CmdbDomain): fc.Arbitrary<CmdbDomain> {
  return fc.record({
    ...{
      name: fc.constant(usual.name),
      source: fc.constant(usual.source),
      destination: fc.constant(usual.destination),
    },
    cardinality: fc.constantFrom('N:N', 'N:N', '1:N', 'N:1', '1:1'),
    isActive: fc.constantFrom(true, true, true, false),
    canCreate: fc.constantFrom(true, true, true, false),
    disabledSources: fc.constantFrom([], [], ['Storage']),
    disabledDestinations: fc.constantFrom([], [], ['PhysicalServer'], ['Server']),
  })
}

function cardsOf(classes: readonly CmdbClass[]): fc.Arbitrary<CmdbCard[]> {
  const plan = fc.array(fc.constantFrom(...CLASSES.map((one) => one.name)), { maxLength: 8 })
  return plan.chain((names) => {
    const jobs = names.flatMap((className, at) => (className === 'BackupJob' ? [at + 1] : []))
    const cards = names.map((className, at) => {
      const attributes = [...(classes.find((one) => one.name === className)?.attributes.values() ?? [])]
      const values = fc.record(
        Object.fromEntries(attributes.map((one) => [one.name, storedValue(one, jobs)])),
      )
      return values.map((made) => ({ id: at + 1, className, values: made }))
    })
    return fc.tuple(...cards)
  })
}

export const anyCmdb: fc.Arbitrary<Cmdb> = fc
  .record({
    classes: fc.tuple(...CLASSES.map(oddClass)),
    domains: fc.tuple(...DOMAINS.map(oddDomain)),
    lackingClass: fc.option(fc.constantFrom(...CLASSES.map((one) => one.name)), { freq: 6 }),
    lackingDomain: fc.option(fc.constantFrom(...DOMAINS.map((one) => one.name)), { freq: 6 }),
    lookups: fc.constantFrom(undefined, undefined, undefined, new Map()),
  })
  .chain(({ classes, domains, lackingClass, lackingDomain, lookups }) => {
    const there = classes.filter((one) => one.name !== lackingClass)
    const known = domains.filter((one) => one.name !== lackingDomain)
    return cardsOf(there)
      .map((cards) => cards.filter(({ className }) => className !== lackingClass))
      .chain((cards) =>
        anyRelations(cards, known).map((relations) =>
          cmdb({ classes: there, domains: known, cards, relations, ...(lookups && { lookups }) }),
        ),
      )
  })

/** As CMDBuild would let them be. */
function anyRelations(cards: readonly CmdbCard[], domains: readonly CmdbDomain[]) {
  if (cards.length === 0 || domains.length === 0) return fc.constant([])
  const end = fc.constantFrom(...cards.map((one) => one.id))
  const relation = fc.record({ domain: fc.constantFrom(...domains), sourceId: end, destinationId: end })
  return fc.array(relation, { maxLength: 8 }).map((all) => {
    const taken = new Set<string>()
    return all
      .filter(({ domain: { name: of, cardinality }, sourceId, destinationId }) => {
        const places = [`${of} ${sourceId}>${destinationId}`]
        if (cardinality === 'N:1' || cardinality === '1:1') places.push(`${of} ${sourceId}>`)
        if (cardinality === '1:N' || cardinality === '1:1') places.push(`${of} >${destinationId}`)
        if (places.some((place) => taken.has(place))) return false
        for (const place of places) taken.add(place)
        return true
      })
      .map(({ domain, sourceId, destinationId }, at) => ({
        id: 100 + at,
        domain: domain.name,
        sourceId,
        destinationId,
      }))
  })
}

const policy = fc.constantFrom<FieldMapping['policy'][]>('own', 'fillIfEmpty', 'createOnly', 'never')
const orphans = fc.constantFrom<KindMapping['orphans'][]>('mark', 'unlink', 'delete', 'ignore')

/** All the kinds of the usual classes, with any policies, classes of a kind in any order, and now and then one field twice. */
export const anyMapping: fc.Arbitrary<Mapping> = fc
  .record({
    policies: fc.array(policy, { minLength: 1, maxLength: 12 }),
    orphans,
    shortNames: fc.constantFrom<Mapping['shortNames'][]>('report', 'match', 'ignore'),
    onAmbiguous: fc.constantFrom<Mapping['onAmbiguous'][]>('report', 'report', 'create', 'first'),
    grace: fc.record({ runs: fc.nat({ max: 3 }), days: fc.nat({ max: 2 }) }),
    links: fc.subarray([...LINK_RULES]),
    isTurned: fc.boolean(),
    kindLeftOut: fc.option(kind, { freq: 5 }),
    more: fc.constantFrom<FieldMapping[][]>(
      [],
      [],
      [field('name', 'Status')],
      [field('name', 'Nowhere')],
      [field('name', 'SourceKey')],
      [field('type', 'Alias')],
    ),
    domain: fc.constantFrom('CIDependency', 'CIDependency', 'InfrastructureCI'),
  })
  .map(({ policies, isTurned, kindLeftOut, more, domain, orphans: gone, ...rest }) => {
    const usual = mapping()
    let at = 0
    const nextPolicy = () => {
      at += 1
      return policies[at % policies.length] ?? 'own'
    }
    const fieldsOf = ({ className, fields, nature }: ClassMapping) =>
      classMapping(
        className,
        [...fields, ...more].map((one) => (one.fact === 'code' ? one : { ...one, policy: nextPolicy() })),
        nature,
      )
    const kinds = Object.fromEntries(
      Object.entries(usual.kinds).map(([of, one]) => {
        const classes = of === kindLeftOut ? [] : one.classes.map(fieldsOf)
        return [
          of,
          {
            ...kindMapping(one.newIn, isTurned ? classes.toReversed() : classes, one),
            classes,
            orphans: gone,
          },
        ]
      }),
    ) as unknown as Mapping['kinds']
    return { ...usual, ...rest, kinds, domains: { ...usual.domains, 'machine-by-proxy': domain } }
  })
