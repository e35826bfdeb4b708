import { z } from 'zod'
import { objectName } from '../ids.ts'
import { byteSize, duration } from '../units.ts'
import { OBJECT_NAME, remark } from './meta.ts'
import { secretReference } from './secret.ts'

const common = {
  name: objectName.meta(OBJECT_NAME),
  description: remark.optional(),
  maxParallelRuns: z.int().min(1).max(100).default(2).meta({
    title: 'Runs at the same time',
    'x-advanced': true,
    description: 'How many runs may write to this vault at the same time; others wait',
  }),
}

const minFree = byteSize.default('1GiB').meta({
  title: 'Free space to leave',
  'x-advanced': true,
  description: 'Free space that a run must leave on the vault',
})

const warnFree = byteSize.optional().meta({
  title: 'Warn below',
  description: 'A run that leaves less free space than this ends with a warning',
  examples: ['100GiB'],
})

const directoryVault = z
  .strictObject({
    ...common,
    kind: z
      .literal('directory')
      .meta({ title: 'Kind', 'x-enum-titles': { directory: 'Directory' }, description: 'Which kind it is' }),
    path: z
      .string()
      .startsWith('/', 'a vault is named by its absolute path')
      .meta({
        title: 'Path',
        'x-widget': 'path',
        description: 'Absolute path of a directory that belongs to Holdfast alone',
        examples: ['/srv/holdfast'],
      }),
    mustBeMounted: z.boolean().default(false).meta({
      title: 'Must be mounted',
      description:
        'Switch on (`true`) when the path is a mounted disk: nothing is ever written while it is not mounted',
    }),
    minFree,
    warnFree,
  })
  .meta({ title: 'Directory', description: 'A directory on a disk of the host, or of a mounted one' })

/** How blkid names a file system or LUKS container: free text, since NTFS and FAT have forms of their own. */
export const fileSystemUuid = z
  .string()
  .regex(/^[0-9A-Za-z-]{4,64}$/, 'a UUID as `blkid` shows it, such as 2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11')
  // Of the file systems that a disk may have all are written so; however it was typed, it is one disk.
  .overwrite((uuid) => uuid.toLowerCase())

const setDisk = z.strictObject({
  uuid: fileSystemUuid.meta({
    title: 'UUID',
    'x-widget': 'disk',
    description:
      'UUID of its file system, or of the LUKS container when it is encrypted; `holdfast disk list` shows what is in the bay',
    examples: ['2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11'],
  }),
  label: objectName.meta({
    title: 'Label',
    description: 'What is written on the disk: messages and the page of the vault name it so',
    examples: ['Monday'],
  }),
  mail: z.array(z.email()).max(50).default([]).meta({
    title: 'Mail to',
    description:
      'Whoever carries this disk: gets the mails about its runs, beside the receivers of the notifications',
  }),
  passphrase: secretReference.optional().meta({
    title: 'LUKS passphrase',
    description: 'Opens the disk when it is encrypted with LUKS',
  }),
})
export type SetDisk = z.infer<typeof setDisk>

const diskSetVault = z
  .strictObject({
    ...common,
    kind: z
      .literal('disk-set')
      .meta({ title: 'Kind', 'x-enum-titles': { 'disk-set': 'Disk set' }, description: 'Which kind it is' }),
    disks: z
      .array(setDisk)
      .min(1)
      .max(100)
      .meta({
        title: 'Disks',
        description: 'The disks that take turns; the first of them found in the bay is used',
      })
      .superRefine((disks, cx) => {
        for (const key of ['uuid', 'label'] as const) {
          const first = new Set<string>()
          disks.forEach((disk, index) => {
            const value = disk[key].toLowerCase()
            if (first.has(value))
              cx.addIssue({
                code: 'custom',
                path: [index, key],
                message: `two disks have the ${key} ${disk[key]}`,
              })
            first.add(value)
          })
        }
      }),
    rotation: duration.optional().meta({
      title: 'Each disk back within',
      description:
        'A disk whose last good copy is older than this is overdue, and an alert says so; never without it',
      examples: ['14d'],
    }),
    runWhenPluggedIn: z.boolean().default(true).meta({
      title: 'Start when plugged in',
      description:
        'Switched on (`true`), the jobs that write to this vault start when one of its disks is plugged in',
    }),
    minFree,
    warnFree,
  })
  .meta({
    title: 'Disk set',
    description: 'Disks that take turns in the bay of a machine: found by UUID, mounted for a run only',
  })

/** A place that holds restore points. Further kinds arrive with the job kinds that write to them. */
export const vaultSpec = z.discriminatedUnion('kind', [directoryVault, diskSetVault])
export type VaultSpec = z.infer<typeof vaultSpec>
export type VaultKind = VaultSpec['kind']
export type DirectoryVaultSpec = Extract<VaultSpec, { kind: 'directory' }>
export type DiskSetSpec = Extract<VaultSpec, { kind: 'disk-set' }>

/** A disk of a disk set, as runs and restore points name it. */
export const vaultDisk = z.object({ uuid: fileSystemUuid, label: z.string() })
export type VaultDisk = z.infer<typeof vaultDisk>
