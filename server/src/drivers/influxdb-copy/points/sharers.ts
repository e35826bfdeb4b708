import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { type PointDirectory, pointsOf } from '../../../point-directories/point-directory.ts'
import type { RunLog, Vault } from '../../driver.ts'
import { type DatabaseDetails, databasePoints } from './layout.ts'

type Found = PointDirectory<DatabaseDetails>

/**
 * The other restore points of the same database, newest first, in which one of these files stands as well: a hard link, so
 * that what became of it became of all of them. `paths` are those of windows.
 */
export async function sharersOf(
  vault: Vault,
  point: Found,
  paths: readonly string[],
  log: RunLog,
): Promise<Found[]> {
  const inodes = new Map<string, string>()
  for (const path of paths) {
    const inode = await inodeOf(point, path)
    if (inode !== null) inodes.set(path, inode)
  }
  if (inodes.size === 0) return []
  const { jobId, asset } = point.manifest
  const sharers: Found[] = []
  for (const other of await pointsOf(databasePoints, vault.path, jobId, log)) {
    const isOther = other.location !== point.location && other.manifest.asset.key === asset.key
    if (isOther && (await sharesAny(other, inodes))) sharers.push(other)
  }
  return sharers
}

async function sharesAny(other: Found, inodes: ReadonlyMap<string, string>): Promise<boolean> {
  for (const [path, inode] of inodes) if ((await inodeOf(other, path)) === inode) return true
  return false
}

/** Null for what no other restore point can have, or is no file. */
async function inodeOf({ directory }: Found, path: string): Promise<string | null> {
  const facts = await lstat(join(directory, path), { bigint: true }).catch(() => null)
  return facts?.isFile() && facts.nlink > 1n ? `${facts.dev}:${facts.ino}` : null
}
