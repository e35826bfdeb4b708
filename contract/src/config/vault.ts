import { z } from 'zod'
import { objectName } from '../ids.ts'
import { byteSize } from '../units.ts'
import { OBJECT_NAME, remark } from './meta.ts'

const common = {
  name: objectName.meta(OBJECT_NAME),
  description: remark.optional(),
  maxParallelRuns: z.int().min(1).max(100).default(2).meta({
    title: 'Runs at the same time',
    'x-advanced': true,
    description: 'How many runs may write to this vault at the same time; others wait',
  }),
}

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
    minFree: byteSize.default('1GiB').meta({
      title: 'Free space to leave',
      'x-advanced': true,
      description: 'Free space that a run must leave on the vault',
    }),
  })
  .meta({ title: 'Directory', description: 'A directory on a disk of the host, or of a mounted one' })

/** A place that holds restore points. Further kinds arrive with the job kinds that write to them. */
export const vaultSpec = z.discriminatedUnion('kind', [directoryVault])
export type VaultSpec = z.infer<typeof vaultSpec>
export type VaultKind = VaultSpec['kind']
