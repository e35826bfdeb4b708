import type { Missing } from '../../model/changes.ts'
import type {
  CardValue,
  Cmdb,
  CmdbAttribute,
  CmdbCard,
  CmdbClass,
  CmdbDomain,
  CmdbLookup,
  CmdbRelation,
} from '../../model/cmdb.ts'
import type { Inventory, Item, ItemKind, Link, LinkRule } from '../../model/inventory.ts'
import type { ClassMapping, FieldMapping, KindMapping, Mapping } from '../../model/mapping.ts'
import { reconcile } from '../reconcile.ts'

export const NOW = new Date('2026-11-21T10:00:00.000Z')

export function attribute(name: string, more: Partial<CmdbAttribute> = {}): CmdbAttribute {
  return {
    ...{ name, type: 'string', maxLength: 100, precision: null, scale: null, ipType: null },
    ...{ lookupType: null, targetClass: null, isActive: true, isMandatory: false, isUnique: false },
    ...{ canRead: true, canCreate: true, canUpdate: true },
    ...more,
  }
}

const SERVER = [
  attribute('SourceKey', { maxLength: 200 }),
  attribute('Code'),
  attribute('Hostname', { maxLength: 50 }),
  attribute('Alias'),
  attribute('IPAddress', { type: 'ipAddress', maxLength: null }),
  attribute('State', { type: 'lookup', lookupType: 'CI - State', maxLength: null }),
  attribute('Notes', { type: 'text', maxLength: null }),
  attribute('BackupJob', { type: 'reference', targetClass: 'BackupJob', maxLength: null }),
  attribute('Repository'),
  attribute('LastUpdate', { type: 'dateTime', maxLength: null }),
]
const STORAGE = [
  attribute('SourceKey', { maxLength: 200 }),
  attribute('Code'),
  attribute('Name'),
  attribute('Capacity', { type: 'decimal', precision: 14, scale: 1, maxLength: null }),
  attribute('State'),
  attribute('LastUpdate', { type: 'dateTime', maxLength: null }),
]
const JOB = [
  attribute('SourceKey', { maxLength: 200 }),
  attribute('Code'),
  attribute('Name'),
  attribute('State'),
  attribute('Repository'),
]
const INFRASTRUCTURE = [
  attribute('SourceKey', { maxLength: 200 }),
  attribute('Code'),
  attribute('Name', { isMandatory: true }),
]

export function cmdbClass(
  name: string,
  attributes: readonly CmdbAttribute[],
  more: Partial<CmdbClass> = {},
): CmdbClass {
  return {
    ...{ name, lineage: [name, 'CI'], isPrototype: false, isActive: true },
    ...{ canCreate: true, canUpdate: true, canDelete: true },
    attributes: new Map(attributes.map((one) => [one.name, one])),
    ...more,
  }
}

export const CLASSES = [
  cmdbClass('Infrastructure', INFRASTRUCTURE, { lineage: ['Infrastructure'] }),
  cmdbClass('VirtualServer', SERVER, { lineage: ['VirtualServer', 'Server', 'CI'] }),
  cmdbClass('PhysicalServer', SERVER, { lineage: ['PhysicalServer', 'Server', 'CI'] }),
  cmdbClass('Storage', STORAGE),
  cmdbClass('BackupJob', JOB),
]

const LOOKUPS = new Map<string, readonly CmdbLookup[]>([
  [
    'CI - State',
    ['InUse', 'Removed', 'Stopped'].map((code, at) => ({
      id: 501 + at,
      code,
      description: code,
      isActive: true,
    })),
  ],
])
export const STATE = { InUse: 501, Removed: 502, Stopped: 503 }

function domain(name: string, source: string, destination: string): CmdbDomain {
  return {
    ...{ name, source, destination, cardinality: 'N:N', isActive: true, canCreate: true },
    ...{ disabledSources: [], disabledDestinations: [] },
  }
}
export const DOMAINS = [
  domain('InfrastructureCI', 'Infrastructure', 'CI'),
  domain('CIDependency', 'CI', 'CI'),
]

export function card(id: number, className: string, values: Record<string, CardValue> = {}): CmdbCard {
  return { id, className, values }
}

export function relation(
  id: number,
  domainName: string,
  sourceId: number,
  destinationId: number,
): CmdbRelation {
  return { id, domain: domainName, sourceId, destinationId }
}

interface CmdbParts {
  readonly classes?: readonly CmdbClass[]
  readonly cards?: readonly CmdbCard[]
  readonly relations?: readonly CmdbRelation[]
  readonly domains?: readonly CmdbDomain[]
  readonly lookups?: Cmdb['lookups']
}

export function cmdb({
  classes = CLASSES,
  cards = [],
  relations = [],
  domains = DOMAINS,
  lookups = LOOKUPS,
}: CmdbParts = {}): Cmdb {
  return {
    classes: new Map(classes.map((one) => [one.name, one])),
    lookups,
    cards: Map.groupBy(cards, ({ className }) => className),
    domains: new Map(domains.map((one) => [one.name, one])),
    relations: Map.groupBy(relations, (one) => one.domain),
    calls: 0,
  }
}

/** `names` are those of its evidence; it is called by the first. */
export function item(
  kind: ItemKind,
  id: string,
  names: readonly string[] = [],
  more: Partial<Item> = {},
): Item {
  const evidence = { names, addresses: [] }
  return { kind, id, name: names[0] ?? id, facts: {}, evidence, prefers: null, ...more }
}

export const HOME = item('infrastructure', 'HOME', [], { name: 'Home', facts: { name: 'Home' } })

export function link(rule: LinkRule, from: Pick<Item, 'kind' | 'id'>, to: Pick<Item, 'kind' | 'id'>): Link {
  return { rule, from: { kind: from.kind, id: from.id }, to: { kind: to.kind, id: to.id } }
}

export function inventory(items: readonly Item[], more: Partial<Inventory> = {}): Inventory {
  return {
    ...{ system: 'veeam', instance: 'vbr', aliases: ['HOME'], title: 'Veeam', version: '13', links: [] },
    ...{ incomplete: new Map(), remarks: [], calls: 0 },
    items,
    ...more,
  }
}

/** Key of an item of the inventory that {@link inventory} makes. */
export function key(kind: ItemKind, id: string): string {
  return `veeam:vbr/${kind}/${id}`
}

export function field(
  fact: FieldMapping['fact'],
  name: string,
  policy: FieldMapping['policy'] = 'own',
): FieldMapping {
  return { fact, attribute: name, policy, lacking: null }
}

const CODE = field('code', 'Code', 'createOnly')
const UPDATED = field('updatedAt', 'LastUpdate')
const SERVER_FIELDS = [
  CODE,
  field('hostname', 'Hostname', 'fillIfEmpty'),
  field('address', 'IPAddress', 'fillIfEmpty'),
  field('status', 'State'),
  field('description', 'Notes', 'createOnly'),
  field('job', 'BackupJob'),
  field('storage', 'Repository'),
  UPDATED,
]

export function classMapping(
  className: string,
  fields: readonly FieldMapping[],
  nature: ClassMapping['nature'] = null,
): ClassMapping {
  return { className, nature, fields }
}

export function kindMapping(
  newIn: string,
  classes: readonly ClassMapping[],
  more: Partial<KindMapping> = {},
): KindMapping {
  const names = { nameAttributes: ['Hostname', 'Alias', 'Code'], addressAttributes: ['IPAddress'] }
  return { classes, newIn, lackingParent: null, ...names, orphans: 'mark', ...more }
}

const SERVERS = [
  classMapping('VirtualServer', SERVER_FIELDS, 'virtual'),
  classMapping('PhysicalServer', SERVER_FIELDS, 'physical'),
]

export const KINDS: Mapping['kinds'] = {
  infrastructure: kindMapping(
    'Infrastructure',
    [classMapping('Infrastructure', [CODE, field('name', 'Name', 'createOnly')])],
    {
      nameAttributes: ['Code'],
      orphans: 'ignore',
    },
  ),
  server: kindMapping('PhysicalServer', SERVERS),
  storage: kindMapping(
    'Storage',
    [
      classMapping('Storage', [
        CODE,
        field('name', 'Name'),
        field('capacityGb', 'Capacity'),
        field('status', 'State'),
        UPDATED,
      ]),
    ],
    { nameAttributes: ['Code', 'Name'], addressAttributes: [] },
  ),
  job: kindMapping(
    'BackupJob',
    [
      classMapping('BackupJob', [
        CODE,
        field('name', 'Name'),
        field('status', 'State'),
        field('storage', 'Repository'),
      ]),
    ],
    { nameAttributes: ['Code', 'Name'], addressAttributes: [] },
  ),
  machine: kindMapping('VirtualServer', SERVERS),
  database: kindMapping('Database', []),
  folder: kindMapping('Storage', []),
}

export function mapping(more: Partial<Mapping> = {}): Mapping {
  return {
    kinds: KINDS,
    keyAttribute: 'SourceKey',
    domains: {
      'in-infrastructure': 'InfrastructureCI',
      'job-on-storage': 'CIDependency',
      'machine-in-job': 'CIDependency',
      'machine-by-proxy': 'CIDependency',
    },
    links: ['in-infrastructure', 'job-on-storage', 'machine-in-job'],
    shortNames: 'ignore',
    onAmbiguous: 'report',
    grace: { runs: 1, days: 0 },
    brake: { most: 10, percent: 20 },
    sizeTolerancePercent: 1,
    goneStatus: 'Removed',
    ...more,
  }
}

/** The mapping with one kind otherwise. */
export function kinds(of: ItemKind, more: Partial<KindMapping>): Mapping['kinds'] {
  return { ...KINDS, [of]: { ...KINDS[of], ...more } }
}

export function reconciled(
  items: readonly Item[],
  cards: readonly CmdbCard[],
  more: Partial<Inventory> & { mapping?: Mapping; missing?: Missing; now?: Date } & Omit<
      CmdbParts,
      'cards'
    > = {},
) {
  const { mapping: used = mapping(), missing = {}, now = NOW, classes, relations, domains, ...rest } = more
  const parts = {
    cards,
    ...(classes && { classes }),
    ...(relations && { relations }),
    ...(domains && { domains }),
  }
  return reconcile({ inventory: inventory(items, rest), cmdb: cmdb(parts), mapping: used, missing, now })
}
