import { join } from 'node:path'
import { z } from 'zod'
import { MANIFEST_FILE, PARTIAL } from '../../../point-directories/names.ts'
import { namesIn } from '../../../point-directories/own-directory.ts'
import {
  type PointDirectory,
  type PointKind,
  pointsOf,
  readManifest,
} from '../../../point-directories/point-directory.ts'
import type { RunLog } from '../../driver.ts'
import { REPLACED } from './names.ts'

/** A mount by what stays the same of it. */
export const sourceMount = z.object({
  mountPoint: z.string(),
  type: z.string(),
  /** Device, or `server:/path`. */
  source: z.string(),
  /** Of the file system; null where nobody tells. */
  uuid: z.string().nullable(),
})
export type SourceMount = z.infer<typeof sourceMount>

/** The `details` in the manifest of a restore point of this kind. */
export const generationDetails = z.object({
  layout: z.literal('disk-copy/1'),
  kind: z.enum(['hard-links', 'snapshots', 'mirror']).default('hard-links'),
  /** Hashes of the listings: whoever trusts the manifest can trust them. */
  treeSha256: z.string(),
  sumsSha256: z.string().nullable(),
  fileCount: z.number().int(),
  /** Location of the restore point whose files it shares; null for a full copy. */
  previous: z.string().nullable(),
  /** False when anything was left out that the job does not exclude: unread, or not listed and so never checked. */
  complete: z.boolean(),
  leftOut: z.array(z.string()),
  leftOutCount: z.number().int(),
  /** Folders among them, with everything below: the first hundred, with the count of all. */
  leftOutFolders: z.array(z.string()).default([]),
  leftOutFolderCount: z.number().int().default(0),
  /** Each restore point has directories of its own: only files can be shared. */
  directoryCount: z.number().int().optional(),
  /** What the source was mounted from; null when it lay on the file system of the machine itself. */
  sourceMount: sourceMount.nullable().default(null),
  /** Patterns of what was left out on purpose. */
  exclude: z.array(z.string()).optional(),
  /** Whether file systems mounted below the source were left out. */
  oneFileSystem: z.boolean().optional(),
  /** Which extended attributes TREE tells of; null when it tells of none. */
  attributes: z.string().nullable().default(null),
})
export type GenerationDetails = z.infer<typeof generationDetails>

export const generationKind: PointKind<GenerationDetails> = { kind: 'disk-copy', details: generationDetails }

/** A finished restore point on the vault. */
export interface Generation extends PointDirectory<GenerationDetails> {
  /** Where its listings lie: the same, except while a mirror is worked on. */
  readonly listings: string
}

export function asGeneration(point: PointDirectory<GenerationDetails>): Generation {
  return { ...point, listings: point.directory }
}

/** The restore point that an unfinished mirror was; null when it was none. `directory` is that of the unfinished copy. */
export async function readReplaced(partial: string, log: RunLog): Promise<Generation | null> {
  for (const directory of [join(partial, REPLACED), partial]) {
    // Killed before its listings were put away, they lie where they always did.
    if (!(await namesIn(directory)).includes(MANIFEST_FILE)) continue
    const found = await readManifest(generationKind, directory, PARTIAL, log)
    return found && { ...asGeneration(found), directory: partial }
  }
  return null
}

/** Finished restore points of a job, newest first. */
export async function generationsOf(vaultPath: string, jobId: string, log: RunLog): Promise<Generation[]> {
  return (await pointsOf(generationKind, vaultPath, jobId, log)).map(asGeneration)
}
