import { join } from 'node:path'
import { type PointDirectory, pointsOf } from '../../../point-directories/point-directory.ts'
import type { RunLog, Vault } from '../../driver.ts'
import type { ServerState } from '../planning/changed.ts'
import { readSource, sha256Of } from '../points/files.ts'
import { type DatabaseDetails, databasePoints, WINDOWS_FILE } from '../points/layout.ts'

export type DatabasePoint = PointDirectory<DatabaseDetails>

/** The restore point of a database that a new one builds on. */
export interface Previous {
  readonly point: DatabasePoint
  /** What the source said then; null when that is not known, or the job reads something else now. */
  readonly state: ServerState | null
}

/** All restore points of a job on a vault, newest first, by database. */
export async function pointsByDatabase(
  vault: Vault,
  jobId: string,
  log: RunLog,
): Promise<Map<string, DatabasePoint[]>> {
  const points = await pointsOf(databasePoints, vault.path, jobId, log)
  return Map.groupBy(
    points.filter(({ manifest }) => manifest.vaultId === vault.id),
    ({ manifest }) => manifest.asset.key,
  )
}

/**
 * The newest restore point of a database, unless it may be damaged: then everything is read anew and nothing is shared with
 * it. What tells of its files is held against its manifest first.
 */
export async function previousOf(
  points: readonly DatabasePoint[],
  selection: string,
  log: RunLog,
): Promise<Previous | null> {
  const [point] = points
  if (!point) return null
  const { directory, location, details } = point
  const isDamaged =
    mayBeDamaged(points) || (await sha256Of(join(directory, WINDOWS_FILE))) !== details.windowsSha256
  if (isDamaged) {
    log.warn('the restore point before may be damaged: everything is read anew', { location })
    return null
  }
  const isSameSelection = details.selection === selection
  const source = isSameSelection ? await readSource(directory, details.sourceSha256) : null
  return { point, state: source?.state ?? null }
}

/**
 * Newest first: how many files the newest one has that has any. One that is empty and not damaged ends it: somebody has agreed
 * to that, or there never was anything.
 */
export function filesBefore(points: readonly Pick<DatabasePoint, 'marks' | 'manifest'>[]): number {
  for (const { marks, manifest } of points) {
    if (manifest.itemCount > 0) return manifest.itemCount
    if (marks.verifiedOk !== false) return 0
  }
  return 0
}

/**
 * Newest first: whether damage was found in a restore point whose files the newest one may share. A full check since then says
 * that they are sound, and one that shares nothing has none of older ones.
 */
export function mayBeDamaged(points: readonly Pick<DatabasePoint, 'marks' | 'details'>[]): boolean {
  for (const { marks, details } of points) {
    if (marks.verifiedOk === false) return true
    if (marks.verifiedOk && marks.verifiedLevel === 'full') return false
    if (details.previous === null) return false
  }
  return false
}
