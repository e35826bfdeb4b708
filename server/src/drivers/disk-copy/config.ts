import { isAbsolute, normalize } from 'node:path'
import { byteSize } from '@holdfast/contract'
import { z } from 'zod'

const percent = z.number().min(0).max(100)

const guards = z.strictObject({
  deletedPercent: percent.default(50).meta({
    title: 'Share of deleted files',
    description: 'The run is held when more than this share of the files of the last restore point is gone',
  }),
  changedPercent: percent.default(50).meta({
    title: 'Share of changed files',
    description: 'The run is held when more than this share of the files has changed',
  }),
  newExtensionPercent: percent.default(10).meta({
    title: 'Share of new endings',
    'x-advanced': true,
    description:
      'The run is held when files were replaced by more than this share of files that all have one new ending, such as .locked',
  }),
  minFiles: z.int().min(0).default(10).meta({
    title: 'Fewest files',
    'x-advanced': true,
    description: 'The shares are not looked at while the last restore point has fewer files than this',
  }),
})

export const diskCopyConfig = z.strictObject({
  source: z
    .string()
    .refine((path) => isAbsolute(path) && !path.includes('\0'), 'the source is named by its absolute path')
    .overwrite((path) => normalize(path).replace(/(?<=.)\/+$/, ''))
    .meta({
      title: 'Source',
      'x-widget': 'path',
      description: 'Absolute path of the folder to copy',
      examples: ['/srv/projects'],
    }),
  exclude: z
    .array(
      z
        .string()
        .min(1)
        .regex(/^[^\n\r\0]*$/, 'a pattern is one line')
        // Old prefixes of --exclude: "!" forgets the patterns before it, "+ " includes, "- " is cut off.
        .regex(
          /^(?!!|[+-] )/,
          'a pattern may not begin with "!", "+ " or "- ", which rsync takes for a command: put "/" before it, or "**/" for any depth',
        ),
    )
    .max(1000)
    .default([])
    .meta({
      title: 'Leave out',
      description: 'Patterns of rsync(1) for what to leave out; one with a leading / begins at the source',
      examples: [['/tmp/', '*.bak']],
    }),
  oneFileSystem: z.boolean().default(false).meta({
    title: 'One file system only',
    'x-advanced': true,
    description: 'Switched on (`true`), file systems that are mounted below the source are left out',
  }),
  bandwidthLimit: byteSize.optional().meta({
    title: 'Bandwidth limit',
    'x-advanced': true,
    description: 'Bytes per second the copy may use at most; no limit without it',
    examples: ['50MiB'],
  }),
  generations: z
    .enum(['auto', 'hard-links', 'snapshots', 'mirror'])
    .default('auto')
    .meta({
      title: 'Generations',
      'x-enum-titles': {
        auto: 'Automatic',
        'hard-links': 'Hard links',
        snapshots: 'Btrfs snapshots',
        mirror: 'Mirror',
      },
      description:
        'How several states lie on the disk: whole ones that share unchanged files by hard links, or Btrfs snapshots, which also share the unchanged parts of files; automatic takes snapshots where the disk is Btrfs. A mirror is one state only, changed into the next: for small disks, and without a good restore point there while a run goes on',
    }),
  compare: z
    .enum(['times', 'contents'])
    .default('times')
    .meta({
      title: 'Compare by',
      'x-enum-titles': { times: 'Size and time', contents: 'Contents' },
      'x-advanced': true,
      description:
        'How a changed file is told: by size and time, or by reading every file on both sides, which takes hours with terabytes; only for programs that change files and keep their size and time',
    }),
  hash: z.boolean().default(true).meta({
    title: 'Keep hashes',
    'x-advanced': true,
    description:
      'Keep a SHA-256 of every file, so that a check can prove contents; switched off (`false`), the reading is saved',
  }),
  guards: guards
    .default({ deletedPercent: 50, changedPercent: 50, newExtensionPercent: 10, minFiles: 10 })
    .meta({
      title: 'Guards',
      'x-advanced': true,
      description: 'How much change needs a person’s word before a run goes on',
    }),
})
export type DiskCopyConfig = z.infer<typeof diskCopyConfig>
