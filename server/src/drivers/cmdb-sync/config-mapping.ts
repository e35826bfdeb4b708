import { z } from 'zod'
import { FACTS, ITEM_KINDS } from './model/inventory.ts'
import { FIELD_POLICIES } from './model/mapping.ts'

/** CMDBuild names classes, attributes and domains with letters, digits and underscores, a letter first. */
const schemaName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'letters, digits and _, a letter first, such as VirtualServer')

const classes = z.strictObject({
  infrastructure: schemaName.default('Infrastructure').meta({
    title: 'Infrastructure',
    description: 'Class of the card that stands for the whole',
  }),
  virtualServer: schemaName.default('VirtualServer').meta({
    title: 'Virtual servers',
    description: 'Class of virtual machines',
  }),
  physicalServer: schemaName.default('PhysicalServer').meta({
    title: 'Physical servers',
    description: 'Class of physical machines',
  }),
  storage: schemaName.default('Storage').meta({
    title: 'Storages',
    description: 'Class of repositories and vaults',
  }),
  job: schemaName.default('BackupJob').meta({
    title: 'Jobs',
    description: 'Class of backup jobs; where the CMDB lacks it, the preparation makes it below CI',
  }),
  database: schemaName.default('Database').meta({
    title: 'Databases',
    description: 'Class of databases',
  }),
})

const attribute = z.strictObject({
  of: z.enum(ITEM_KINDS).meta({
    title: 'Of',
    'x-enum-titles': {
      infrastructure: 'Infrastructure',
      server: 'Server of the backup system',
      storage: 'Storage',
      job: 'Job',
      machine: 'Protected machine',
      database: 'Database',
      folder: 'Folder',
    },
    description: 'Of what kind of item',
  }),
  fact: z.enum([...FACTS, 'code', 'updatedAt']).meta({
    title: 'Fact',
    'x-enum-titles': {
      name: 'Name',
      hostname: 'Host name',
      address: 'Address',
      role: 'Role',
      type: 'Type',
      status: 'Status',
      description: 'Description',
      os: 'System',
      path: 'Path',
      capacityGb: 'Capacity (GB)',
      freeGb: 'Free space (GB)',
      lastRun: 'Last run',
      nextRun: 'Next run',
      lastResult: 'Last result',
      lastBackup: 'Last backup',
      coverage: 'Coverage',
      job: 'Job',
      storage: 'Storage',
      code: 'Code',
      updatedAt: 'Time of the last change',
    },
    description: 'What is known of it',
  }),
  attribute: schemaName.optional().meta({
    title: 'Attribute',
    description: 'Name of the attribute that takes it; the usual one without it',
  }),
  policy: z
    .enum(FIELD_POLICIES)
    .optional()
    .meta({
      title: 'Rule',
      'x-enum-titles': {
        own: 'Always as the source says',
        fillIfEmpty: 'Only where nothing stands',
        createOnly: 'Only on new cards',
        never: 'Never',
      },
      description: 'When it is written; as usual without it',
    }),
})

/** What a site calls its classes, attributes and domains. */
export const mappingConfig = z.strictObject({
  keyAttribute: schemaName.default('SourceKey').meta({
    title: 'Attribute of the key',
    description:
      'Attribute in which each card keeps what it stands for; a class that lacks it is worked with by Code and names alone',
  }),
  classes: classes.prefault({}).meta({ title: 'Classes', description: 'Names of the classes' }),
  infrastructureDomain: schemaName.default('InfrastructureCI').meta({
    title: 'Domain of the infrastructure',
    description: 'Domain of the relations between the infrastructure and what belongs to it',
  }),
  dependencyDomain: schemaName.default('CIDependency').meta({
    title: 'Domain of dependencies',
    description: 'Domain of the relations that say what depends on what',
  }),
  attributes: z.array(attribute).max(200).default([]).meta({
    title: 'Attributes',
    description: 'Where the CMDB calls attributes by other names, or other rules hold for them',
  }),
})
