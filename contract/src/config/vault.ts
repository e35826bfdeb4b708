import { z } from 'zod'
import { objectName } from '../ids.ts'
import { byteSize } from '../units.ts'

const common = {
  name: objectName,
  description: z.string().max(500).optional(),
  maxParallelRuns: z.int().min(1).max(100).default(2).meta({
    description: 'How many runs may write to this vault at the same time; others wait',
  }),
}

const directoryVault = z.strictObject({
  ...common,
  kind: z.literal('directory'),
  path: z.string().startsWith('/', 'a vault is named by its absolute path').meta({
    description: 'Absolute path of a directory that belongs to Holdfast alone',
  }),
  mustBeMounted: z.boolean().default(false).meta({
    description: 'True when the path is a mounted disk: nothing is ever written while it is not mounted',
  }),
  minFree: byteSize.default('1GiB').meta({
    description: 'Free space that a run must leave on the vault',
  }),
})

/** A place that holds restore points. Further kinds arrive with the job kinds that write to them. */
export const vaultSpec = z.discriminatedUnion('kind', [directoryVault])
export type VaultSpec = z.infer<typeof vaultSpec>
export type VaultKind = VaultSpec['kind']
