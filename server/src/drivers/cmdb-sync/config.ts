import { duration, objectName } from '@holdfast/contract'
import { z } from 'zod'
import { mappingConfig } from './config-mapping.ts'
import { LINK_RULES } from './model/inventory.ts'

const pattern = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\0\n\r]+$/, 'a pattern is one line')

const lookupCode = z.string().min(1).max(100)

const source = z.strictObject({
  system: z
    .enum(['veeam', 'holdfast'])
    .default('veeam')
    .meta({
      title: 'Inventory',
      'x-enum-titles': { veeam: 'Veeam Backup & Replication', holdfast: 'Holdfast itself' },
      description:
        'Whose inventory is written into the CMDB: that of a Veeam server, or all that this Holdfast looks after',
    }),
  node: objectName.optional().meta({
    title: 'Veeam server',
    'x-widget': 'reference',
    'x-reference': 'nodes',
    'x-only-with': { system: ['veeam'] },
    'x-required': true,
    description: 'Name of the Veeam server whose inventory is read',
  }),
})

const infrastructure = z.strictObject({
  code: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .meta({
      title: 'Code',
      description: 'Code of the card that stands for the whole: VEEAM-BACKUP or HOLDFAST without it',
      examples: ['VEEAM-BACKUP'],
    }),
  name: z.string().trim().min(1).max(100).optional().meta({
    title: 'Name',
    description: 'Its name when it is created; the same for two infrastructures is refused by CMDBuild',
  }),
  type: lookupCode.optional().meta({
    title: 'Type',
    'x-advanced': true,
    description: 'Code of its type among the lookup values of the CMDB: VeeamBackup or Holdfast without it',
  }),
})

const orphans = z.strictObject({
  action: z
    .enum(['mark', 'unlink', 'delete', 'ignore'])
    .default('mark')
    .meta({
      title: 'What to do',
      'x-enum-titles': {
        mark: 'Mark them',
        unlink: 'Unlink them',
        delete: 'Delete them',
        ignore: 'Leave them',
      },
      description:
        'What to do about cards whose item is gone: `mark` sets the status of cards that were created and clears what was written on others, `unlink` takes them out of the infrastructure, `delete` deletes cards that were created, `ignore` does nothing',
    }),
  afterRuns: z.int().min(1).max(1000).default(3).meta({
    title: 'After how many runs',
    description: 'In how many runs in a row an item must be missing',
  }),
  afterDays: z.int().min(0).max(3650).default(1).meta({
    title: 'After how many days',
    description: 'For how many days it must be missing besides',
  }),
  holdAbove: z.int().min(1).max(100_000).default(10).meta({
    title: 'Hold above',
    'x-advanced': true,
    description: 'A run that would treat more cards of one kind so waits for a person',
  }),
  holdAbovePercent: z.int().min(0).max(100).default(20).meta({
    title: 'Hold above percent',
    'x-advanced': true,
    description: 'The same as a share of the cards of that kind; the greater of both counts',
  }),
})

export const cmdbSyncConfig = z
  .strictObject({
    source: source.prefault({}).meta({ title: 'Source', description: 'What is written into the CMDB' }),
    infrastructure: infrastructure
      .prefault({})
      .meta({ title: 'Infrastructure', description: 'The card that stands for the backup system' }),
    include: z
      .array(pattern)
      .max(1000)
      .default([])
      .meta({
        title: 'Only these machines',
        description:
          'Names of machines, databases and folders to take: `*` stands for anything, `?` for one character; all when the list is empty',
        examples: [['srv-*']],
      }),
    exclude: z
      .array(pattern)
      .max(1000)
      .default([])
      .meta({
        title: 'Leave out',
        description: 'Names of machines, databases and folders to leave out, even where they are included',
        examples: [['test-*']],
      }),
    leaveOut: z
      .array(
        z.enum(['server', 'storage', 'job', 'machine', 'database', 'folder']).meta({
          'x-enum-titles': {
            server: 'Servers of the backup system',
            storage: 'Storages',
            job: 'Jobs',
            machine: 'Protected machines',
            database: 'Databases',
            folder: 'Folders',
          },
        }),
      )
      .max(6)
      .default([])
      .meta({
        title: 'Kinds to leave out',
        'x-advanced': true,
        description: 'Kinds of items that are not written',
      }),
    relations: z
      .array(
        z.enum(LINK_RULES).meta({
          'x-enum-titles': {
            'in-infrastructure': 'What belongs to the infrastructure',
            'job-on-storage': 'Job to its storage',
            'machine-in-job': 'Machine to its jobs',
            'machine-by-proxy': 'Machine to its proxy',
          },
        }),
      )
      .max(4)
      .default(['in-infrastructure', 'job-on-storage'])
      .meta({ title: 'Relations', description: 'Which relations are kept' }),
    shortNames: z
      .enum(['report', 'match', 'ignore'])
      .default('report')
      .meta({
        title: 'Short names',
        'x-enum-titles': {
          report: 'Write nothing and report it',
          match: 'Take the card',
          ignore: 'Create another card',
        },
        description:
          'What to do about a machine that the source knows without a domain, `mail01`, where there is a card with a full host name that begins so, `mail01.example.org`',
      }),
    onAmbiguous: z
      .enum(['report', 'create', 'first'])
      .default('report')
      .meta({
        title: 'When several cards fit',
        'x-enum-titles': {
          report: 'Write nothing and report it',
          create: 'Create another card',
          first: 'Take the oldest',
        },
        'x-advanced': true,
        description: 'What to do about an item that several cards could stand for',
      }),
    backupsOfLast: duration.default('48h').meta({
      title: 'Backups of the last',
      'x-advanced': true,
      description:
        'How far back the restore points of Veeam are read for the time of the last backup; of an older one the CMDB keeps what it has',
    }),
    sizeTolerancePercent: z.int().min(0).max(50).default(1).meta({
      title: 'Tolerance of sizes',
      'x-advanced': true,
      description: 'Sizes that differ by less than this many percent are left as they are',
    }),
    orphans: orphans
      .prefault({})
      .meta({ title: 'What is gone', description: 'What becomes of cards whose item is no longer there' }),
    mapping: mappingConfig.prefault({}).meta({
      title: 'Names in the CMDB',
      'x-advanced': true,
      description: 'Classes, attributes and domains, where they are not those of READY2USE',
    }),
  })
  .superRefine(({ source: { system, node } }, cx) => {
    const refuse = (message: string) => cx.addIssue({ code: 'custom', path: ['source', 'node'], message })
    if (system === 'veeam' && node === undefined) refuse('say which Veeam server is read')
    if (system === 'holdfast' && node !== undefined)
      refuse('the inventory of Holdfast itself is on no node: leave it out')
  })
export type CmdbSyncConfig = z.infer<typeof cmdbSyncConfig>
