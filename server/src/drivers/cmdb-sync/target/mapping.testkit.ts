import type { ItemKind } from '../model/inventory.ts'
import type { ClassMapping, FieldMapping, KindMapping, Mapping } from '../model/mapping.ts'

type Given = readonly [
  FieldMapping['fact'],
  attribute: string,
  lacking?: FieldMapping['lacking'],
  policy?: FieldMapping['policy'],
  codes?: readonly string[],
]

export function field([fact, attribute, lacking = null, policy = 'own', codes]: Given): FieldMapping {
  return { fact, attribute, policy, lacking, ...(codes ? { codes } : {}) }
}

const state = { type: 'lookup', lookupType: 'Backup - State' } as const
const instant = { type: 'dateTime' } as const
const updated: Given = ['updatedAt', 'LastUpdate', instant]
const status: Given = ['status', 'BackupState', state]
const code: Given = ['code', 'Code', null, 'createOnly']

const CLASSES: Readonly<Record<string, readonly Given[]>> = {
  Infrastructure: [
    code,
    ['name', 'Name', null, 'createOnly'],
    ['type', 'Type', null, 'createOnly', ['VeeamBackup']],
  ],
  VirtualServer: [
    code,
    ['hostname', 'Hostname', null, 'fillIfEmpty'],
    ['address', 'IPAddress', null, 'fillIfEmpty'],
    ['description', 'Notes', null, 'never'],
    status,
    ['lastBackup', 'LastBackup', instant],
    ['job', 'BackupJob', { type: 'reference', targetClass: 'BackupJob', domain: 'BackupJobVirtualServer' }],
    updated,
  ],
  PhysicalServer: [code, ['hostname', 'Hostname', null, 'fillIfEmpty'], status, updated],
  Storage: [
    code,
    ['name', 'Name', { type: 'string', maxLength: 250 }],
    ['type', 'Type', null, 'fillIfEmpty', ['VeeamRepository', 'nas']],
    ['capacityGb', 'Capacity', { type: 'decimal', precision: 12, scale: 2 }],
    status,
  ],
  BackupJob: [
    code,
    ['name', 'Name', { type: 'string', maxLength: 250 }],
    status,
    ['lastRun', 'LastRun', instant],
  ],
}

function kind(classes: readonly string[], more: Partial<KindMapping> = {}): KindMapping {
  return {
    classes: classes.map(classMapping),
    newIn: classes.at(-1) ?? 'Infrastructure',
    lackingParent: null,
    nameAttributes: ['Hostname', 'Code'],
    addressAttributes: ['IPAddress'],
    orphans: 'mark',
    ...more,
  }
}

export function classMapping(className: string): ClassMapping {
  return { className, nature: null, fields: (CLASSES[className] ?? []).map(field) }
}

/** A mapping to what the extended model of the lab has, and READY2USE lacks a part of. */
export function testMapping(
  more: Partial<Mapping> = {},
  kinds: Partial<Record<ItemKind, KindMapping>> = {},
): Mapping {
  const servers = ['VirtualServer', 'PhysicalServer']
  return {
    kinds: {
      infrastructure: kind(['Infrastructure'], { orphans: 'ignore' }),
      server: kind(servers),
      storage: kind(['Storage']),
      job: kind(['BackupJob'], { lackingParent: 'CI' }),
      machine: kind(servers, { newIn: 'VirtualServer' }),
      database: kind([]),
      folder: kind([]),
      ...kinds,
    },
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
    grace: { runs: 3, days: 1 },
    brake: { most: 10, percent: 20 },
    sizeTolerancePercent: 1,
    goneStatus: 'Removed',
    ...more,
  }
}
