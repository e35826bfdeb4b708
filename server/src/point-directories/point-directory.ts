import { dirname, join } from 'node:path'
import {
  HoldfastError,
  NO_MARKS,
  type RestorePoint,
  type RestorePointManifest,
  type RestorePointMarks,
  restorePointManifest,
  restorePointMarks,
} from '@holdfast/contract'
import type { z } from 'zod'
import { readJson } from '../clients/disks/durable-file.ts'
import type { RunLog } from '../drivers/driver.ts'
import { isStamp, parseLocation } from './layout.ts'
import { DATA, MANIFEST_FILE, MARKS_FILE } from './names.ts'
import { hasOwnDirectory, namesIn } from './own-directory.ts'

/** Whose restore points they are: a vault may hold those of several kinds of job. */
export interface PointKind<Details> {
  /** The job kind. */
  readonly kind: string
  /** What the manifest holds that only the kind of job knows. */
  readonly details: z.ZodType<Details>
}

/** A finished restore point on a vault. */
export interface PointDirectory<Details> {
  readonly directory: string
  /** `<job id>/<stamp>` */
  readonly location: string
  readonly manifest: RestorePointManifest
  readonly details: Details
  readonly marks: RestorePointMarks
}

/** Null when there is no finished restore point of this kind. Unreadable marks count as none, and are logged. */
export async function readPoint<Details>(
  kind: PointKind<Details>,
  vaultPath: string,
  location: string,
  log: RunLog,
): Promise<PointDirectory<Details> | null> {
  const directory = join(vaultPath, location)
  if (!(await isOurs(directory, log))) return null
  return await readManifest(kind, directory, location, log)
}

/** Like {@link readPoint}, for a directory that was looked at already or bears another name than a finished one. */
export async function readManifest<Details>(
  kind: PointKind<Details>,
  directory: string,
  location: string,
  log: RunLog,
): Promise<PointDirectory<Details> | null> {
  const json = await readJson(join(directory, MANIFEST_FILE))
  const manifest = restorePointManifest.safeParse(json)
  if (manifest.success && manifest.data.jobKind !== kind.kind) return null
  const details = kind.details.safeParse(manifest.data?.details)
  if (!manifest.success || !details.success) {
    log.warn('a restore point has no readable manifest and is left out', { location })
    return null
  }
  const marksJson = await readJson(join(directory, MARKS_FILE))
  const marks = restorePointMarks.safeParse(marksJson)
  if (!marks.success) log.warn('the marks of a restore point cannot be read', { location })
  return {
    directory,
    location,
    manifest: manifest.data,
    details: details.data,
    marks: marks.data ?? NO_MARKS,
  }
}

/** Nothing is ever read through a symlink that stands in the place of a directory of ours. */
async function isOurs(directory: string, log: RunLog): Promise<boolean> {
  try {
    for (const path of [dirname(directory), directory, join(directory, DATA)]) await hasOwnDirectory(path)
    return true
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error
    log.warn('a restore point is not a directory of ours and is left out', { reason: error.message })
    return false
  }
}

/** Finished restore points of a job, newest first. */
export async function pointsOf<Details>(
  kind: PointKind<Details>,
  vaultPath: string,
  jobId: string,
  log: RunLog,
): Promise<PointDirectory<Details>[]> {
  const stamps = (await namesIn(join(vaultPath, jobId))).filter(isStamp)
  const found: PointDirectory<Details>[] = []
  for (const stamp of stamps) {
    const point = await readPoint(kind, vaultPath, `${jobId}/${stamp}`, log)
    if (point && point.manifest.jobId === jobId) found.push(point)
  }
  return found.sort(
    (a, b) => compareText(b.manifest.takenAt, a.manifest.takenAt) || compareText(b.location, a.location),
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function notOurs(point: RestorePoint, why: string): HoldfastError {
  return new HoldfastError('vault-foreign', `what lies at the place of the restore point is not it: ${why}`, {
    details: { restorePointId: point.id, location: point.location },
  })
}

/** Where a restore point of the catalog lies. Throws `vault-foreign` for a location that is none of its job. */
export function placeOf(point: RestorePoint): { jobId: string; stamp: string } {
  const place = parseLocation(point.location)
  if (!place) throw notOurs(point, 'the location is not one of this kind of job')
  if (place.jobId !== point.jobId) throw notOurs(point, 'the location belongs to another job')
  return place
}

/** The directory that a restore point of the catalog names; null when it has no readable manifest. Throws `vault-foreign`. */
export async function findPoint<Details>(
  kind: PointKind<Details>,
  vaultPath: string,
  point: RestorePoint,
  log: RunLog,
): Promise<PointDirectory<Details> | null> {
  placeOf(point)
  const found = await readPoint(kind, vaultPath, point.location, log)
  if (found && found.manifest.id !== point.id) throw notOurs(point, `it bears the id ${found.manifest.id}`)
  return found
}

/** Like {@link findPoint}, and throws `restore-point-damaged` when it is not there. */
export async function openPoint<Details>(
  kind: PointKind<Details>,
  vaultPath: string,
  point: RestorePoint,
  log: RunLog,
): Promise<PointDirectory<Details>> {
  const found = await findPoint(kind, vaultPath, point, log)
  if (found) return found
  const message = 'the restore point is not on the vault or has no manifest'
  throw new HoldfastError('restore-point-damaged', message, {
    details: { restorePointId: point.id, location: point.location },
  })
}
