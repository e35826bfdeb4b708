import type { CmdbSyncConfig } from './config.ts'
import type { ItemKind, LinkRule } from './model/inventory.ts'
import type { ClassMapping, FieldMapping, KindMapping, Mapping } from './model/mapping.ts'

/** What cards of the model that CMDBuild ships, READY2USE, are written; what they lack, the preparation makes. */

type Field = [
  FieldMapping['fact'],
  attribute: string,
  FieldMapping['policy'],
  lacking?: FieldMapping['lacking'],
  codes?: readonly string[],
]

const text = (maxLength: number) => ({ type: 'string', maxLength }) as const
const size = { type: 'decimal', precision: 14, scale: 1 } as const
const instant = { type: 'dateTime' } as const

const STATUS: Field = ['status', 'BackupStatus', 'own', text(50)]
const UPDATED: Field = ['updatedAt', 'LastUpdate', 'own', instant]
/** What the console of the hypervisor calls it, which need not be the name of the host. */
const ALIAS: Field = ['name', 'Alias', 'fillIfEmpty']
const CODE: Field = ['code', 'Code', 'createOnly']

/** The card that stands for the whole, with what its settings leave to the source. */
export function infrastructureOf({ infrastructure, source: { system } }: CmdbSyncConfig) {
  const { code, name, type } = infrastructure
  const usual =
    system === 'holdfast'
      ? { code: 'HOLDFAST', name: 'Holdfast', type: 'Holdfast' }
      : { code: 'VEEAM-BACKUP', name: 'Veeam Backup Infrastructure', type: 'VeeamBackup' }
  // CMDBuild takes each name once: another infrastructure is called by its own code.
  const usualName = code === undefined || code === usual.code ? usual.name : `${usual.name} ${code}`
  return { code: code ?? usual.code, name: name ?? usualName, type: type ?? usual.type }
}

type Names = CmdbSyncConfig['mapping']['classes']

function infrastructureFields(config: CmdbSyncConfig): Field[] {
  const { type } = infrastructureOf(config)
  return [CODE, ['name', 'Name', 'createOnly'], ['type', 'Type', 'createOnly', null, [type]]]
}

/** Names, addresses and systems are a person's business once somebody has written them. */
function machineFacts(): Field[] {
  return [
    CODE,
    ['hostname', 'Hostname', 'fillIfEmpty'],
    ['address', 'IPAddress', 'fillIfEmpty'],
    ['os', 'OS', 'fillIfEmpty'],
  ]
}

function serverFields(className: string, system: string): Field[] {
  const type = { type: 'lookup', lookupType: `${className} - Type` } as const
  return [
    ...machineFacts(),
    ['type', 'Type', 'fillIfEmpty', type, system === 'veeam' ? ['VeeamProxy'] : []],
    STATUS,
    UPDATED,
  ]
}

function machineFields(className: string, names: Names, system: string): Field[] {
  const reference = {
    type: 'reference',
    targetClass: names.job,
    domain: `${names.job}${className}`,
  } as const
  return [
    ...serverFields(className, system).filter(([fact]) => fact !== 'updatedAt'),
    ...(className === names.virtualServer ? [ALIAS] : []),
    ...protection(system),
    ['job', 'BackupJob', 'own', reference],
    ['storage', 'Repository', 'own', text(100)],
    UPDATED,
  ]
}

function protection(system: string): Field[] {
  const lastBackup: Field = ['lastBackup', 'LastBackup', 'own', instant]
  return system === 'holdfast' ? [lastBackup, ['coverage', 'Coverage', 'own', text(50)]] : [lastBackup]
}

function storageFields(system: string): Field[] {
  const code = system === 'holdfast' ? 'HoldfastVault' : 'VeeamRepository'
  const type = { type: 'lookup', lookupType: 'Storage - Type' } as const
  return [
    CODE,
    ['name', 'Name', 'own', text(100)],
    ['type', 'Type', 'fillIfEmpty', type, [code]],
    ['capacityGb', 'Capacity', 'own', size],
    ['freeGb', 'FreeSpace', 'own', size],
    STATUS,
    UPDATED,
  ]
}

function jobFields(): Field[] {
  return [
    CODE,
    ['name', 'Name', 'own', text(200)],
    ['type', 'Type', 'own', text(100)],
    STATUS,
    ['lastResult', 'LastResult', 'own', text(50)],
    ['lastRun', 'LastRun', 'own', instant],
    ['nextRun', 'NextRun', 'own', instant],
    ['storage', 'Repository', 'own', text(100)],
    UPDATED,
  ]
}

function databaseFields(system: string): Field[] {
  return [
    CODE,
    ['name', 'Name', 'fillIfEmpty', text(200)],
    STATUS,
    ...protection(system),
    ['storage', 'Repository', 'own', text(100)],
    UPDATED,
  ]
}

/** The names and rules that a job works by: those of READY2USE with what its settings say otherwise. */
export function mappingOf(config: CmdbSyncConfig): Mapping {
  const { mapping, orphans, onAmbiguous, shortNames, sizeTolerancePercent } = config
  return {
    kinds: kindsOf(config),
    keyAttribute: mapping.keyAttribute,
    domains: domainsOf(mapping),
    links: config.relations,
    shortNames,
    onAmbiguous,
    grace: { runs: orphans.afterRuns, days: orphans.afterDays },
    brake: { most: orphans.holdAbove, percent: orphans.holdAbovePercent },
    sizeTolerancePercent,
    goneStatus: 'Removed',
  }
}

function kindsOf(config: CmdbSyncConfig): Mapping['kinds'] {
  const names = config.mapping.classes
  const { system } = config.source
  const isLeftOut = (kind: ItemKind) => config.leaveOut.some((left) => left === kind)
  const one = (kind: ItemKind, className: string, nature: ClassMapping['nature'], fields: Field[]) =>
    isLeftOut(kind) ? [] : [{ className, nature, fields: fieldsOf(config, kind, fields) }]
  const both = (kind: ItemKind, fields: (className: string) => Field[]): ClassMapping[] => [
    ...one(kind, names.virtualServer, 'virtual', fields(names.virtualServer)),
    ...one(kind, names.physicalServer, 'physical', fields(names.physicalServer)),
  ]
  const kind = (of: Pick<KindMapping, 'classes' | 'newIn'> & Partial<KindMapping>): KindMapping => ({
    ...{ lackingParent: null, nameAttributes: ['Hostname', 'Alias', 'Code'], addressAttributes: [] },
    orphans: config.orphans.action,
    ...of,
  })
  const byAddress = { addressAttributes: ['IPAddress'] }
  const byName = { nameAttributes: ['Code', 'Name'] }
  const databases = system === 'holdfast' ? one('database', names.database, null, databaseFields(system)) : []
  return {
    infrastructure: kind({
      classes: one('infrastructure', names.infrastructure, null, infrastructureFields(config)),
      ...{ newIn: names.infrastructure, nameAttributes: ['Code'], orphans: 'ignore' },
    }),
    server: kind({
      classes: both('server', (className) => serverFields(className, system)),
      newIn: names.physicalServer,
      ...byAddress,
    }),
    storage: kind({
      classes: one('storage', names.storage, null, storageFields(system)),
      ...{ newIn: names.storage, nameAttributes: ['Code', 'Name', 'Hostname'] },
    }),
    job: kind({
      classes: one('job', names.job, null, jobFields()),
      ...{ newIn: names.job, lackingParent: 'CI', ...byName },
    }),
    machine: kind({
      classes: both('machine', (className) => machineFields(className, names, system)),
      newIn: names.virtualServer,
      ...byAddress,
    }),
    database: kind({ classes: databases, newIn: names.database, ...byName }),
    // READY2USE has no class for folders.
    folder: kind({ classes: [], newIn: names.storage }),
  }
}

function domainsOf({ infrastructureDomain, dependencyDomain }: CmdbSyncConfig['mapping']) {
  return {
    'in-infrastructure': infrastructureDomain,
    'job-on-storage': dependencyDomain,
    'machine-in-job': dependencyDomain,
    'machine-by-proxy': dependencyDomain,
  } satisfies Record<LinkRule, string>
}

/** Facts that the settings name in addition to the usual ones go where these say, and are never made there. */
function fieldsOf({ mapping }: CmdbSyncConfig, kind: ItemKind, fields: Field[]): FieldMapping[] {
  const own = mapping.attributes.filter(({ of }) => of === kind)
  const usual = fields.map(([fact, attribute, policy, lacking, codes]): FieldMapping => {
    const said = own.find((one) => one.fact === fact)
    return {
      fact,
      attribute: said?.attribute ?? attribute,
      policy: said?.policy ?? policy,
      lacking: lacking ?? null,
      ...(codes ? { codes } : {}),
    }
  })
  const more = own.flatMap(({ fact, attribute, policy = 'own' }): FieldMapping[] =>
    attribute === undefined || usual.some((field) => field.fact === fact)
      ? []
      : [{ fact, attribute, policy, lacking: null }],
  )
  return [...usual, ...more]
}
