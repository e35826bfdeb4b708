import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  HoldfastError,
  NO_MARKS,
  type RestorePointManifest,
  type RestorePointMarks,
  restorePointManifest,
  restorePointMarks,
} from '@holdfast/contract'
import { z } from 'zod'
import { readJson } from '../../../clients/disks/durable-file.ts'
import type { RunLog } from '../../driver.ts'
import { isStamp } from './layout.ts'
import { MANIFEST_FILE, MARKS_FILE, PARTIAL, REPLACED } from './names.ts'
import { hasOwnDirectory } from './own-directory.ts'

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

/** A finished restore point on the vault. */
export interface Generation {
  readonly directory: string
  /** Where its listings lie: the same, except while a mirror is worked on. */
  readonly listings: string
  /** `<job id>/<stamp>` */
  readonly location: string
  readonly manifest: RestorePointManifest
  readonly details: GenerationDetails
  readonly marks: RestorePointMarks
}

/** Null when there is no finished restore point of this kind. Unreadable marks count as none, and are logged. */
export async function readGeneration(
  vaultPath: string,
  location: string,
  log: RunLog,
): Promise<Generation | null> {
  const directory = join(vaultPath, location)
  if (!(await isOurs(directory, log))) return null
  return await readBeside(directory, location, log)
}

/** The restore point that an unfinished mirror was; null when it was none. `directory` is that of the unfinished copy. */
export async function readReplaced(partial: string, log: RunLog): Promise<Generation | null> {
  for (const directory of [join(partial, REPLACED), partial]) {
    // Killed before its listings were put away, they lie where they always did.
    if (!(await namesIn(directory)).includes(MANIFEST_FILE)) continue
    const found = await readBeside(directory, PARTIAL, log)
    return found && { ...found, directory: partial }
  }
  return null
}

async function readBeside(directory: string, location: string, log: RunLog): Promise<Generation | null> {
  const json = await readJson(join(directory, MANIFEST_FILE))
  const manifest = restorePointManifest.safeParse(json)
  const details = generationDetails.safeParse(manifest.data?.details)
  if (!manifest.success || !details.success) {
    log.warn('a restore point has no readable manifest and is left out', { location })
    return null
  }
  const marksJson = await readJson(join(directory, MARKS_FILE))
  const marks = restorePointMarks.safeParse(marksJson)
  if (!marks.success) log.warn('the marks of a restore point cannot be read', { location })
  return {
    directory,
    listings: directory,
    location,
    manifest: manifest.data,
    details: details.data,
    marks: marks.data ?? NO_MARKS,
  }
}

/** Nothing is ever read through a symlink that stands in the place of a directory of ours. */
async function isOurs(directory: string, log: RunLog): Promise<boolean> {
  try {
    for (const path of [dirname(directory), directory, join(directory, 'data')]) await hasOwnDirectory(path)
    return true
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error
    log.warn('a restore point is not a directory of ours and is left out', { reason: error.message })
    return false
  }
}

/** Names in a directory; none when it does not exist. */
export async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}

/** Finished restore points of a job, newest first. */
export async function generationsOf(vaultPath: string, jobId: string, log: RunLog): Promise<Generation[]> {
  const stamps = (await namesIn(join(vaultPath, jobId))).filter(isStamp)
  const found: Generation[] = []
  for (const stamp of stamps) {
    const generation = await readGeneration(vaultPath, `${jobId}/${stamp}`, log)
    if (generation && generation.manifest.jobId === jobId) found.push(generation)
  }
  return found.sort(
    (a, b) => compareText(b.manifest.takenAt, a.manifest.takenAt) || compareText(b.location, a.location),
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
