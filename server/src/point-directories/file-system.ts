import { lstat, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { mountOf, mounts } from '../kit/mounts.ts'
import { namesIn } from './own-directory.ts'

/** FAT, exFAT and NTFS, by the kernel or through FUSE. */
const LACKING = new Set(['vfat', 'msdos', 'exfat', 'ntfs', 'ntfs3', 'fuseblk'])

/** Where a vault lies that need not exist yet, and the type of its file system; null for one that is not known. */
export async function fileSystemOf(vaultPath: string): Promise<{ path: string; type: string | null }> {
  const path = await nearestExisting(vaultPath)
  return { path, type: mountOf(path, await mounts())?.type ?? null }
}

/** Throws `file-system-unsupported` for a vault on a file system that lacks what every kind of restore point needs. */
export async function refuseLacking(vaultPath: string): Promise<void> {
  const { type } = await fileSystemOf(vaultPath)
  if (type === null || !LACKING.has(type)) return
  throw new HoldfastError(
    'file-system-unsupported',
    `the vault lies on a file system (${type}) that keeps no owners, ACLs, extended attributes and hard links`,
    { details: { path: vaultPath, fileSystem: type } },
  )
}

/**
 * Throws `file-system-unsupported` where a file that is there answers to its name in the other case as well, as on shares of
 * Windows: two names that differ in nothing else would be one file, which the second overwrites.
 */
export async function refuseIgnoringCase(file: string): Promise<void> {
  const name = basename(file)
  const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase()
  const answers = await lstat(join(dirname(file), other)).catch(() => null)
  // Inodes tell nothing: through FUSE each name has one of its own.
  if (other === name || answers === null || (await namesIn(dirname(file))).includes(other)) return
  throw new HoldfastError(
    'file-system-unsupported',
    'the vault lies on a file system that takes capital and small letters of names for the same',
    {
      hint: 'Put the vault on a file system that tells them apart, such as ext4, XFS or Btrfs: else what differs in nothing but that would overwrite each other.',
      details: { path: dirname(file) },
    },
  )
}

async function nearestExisting(path: string): Promise<string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  return found !== null || path === '/' ? path : await nearestExisting(dirname(path))
}
