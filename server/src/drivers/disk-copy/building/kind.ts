import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { isBtrfs } from '../../../clients/block-devices/btrfs.ts'
import { exec } from '../../../kit/exec.ts'
import { mountOf, mounts } from '../../../kit/mounts.ts'
import type { DiskCopyConfig } from '../config.ts'

/** How the states of a source lie beside each other on a vault. */
export type GenerationKind = 'hard-links' | 'snapshots' | 'mirror'

/** FAT, exFAT and NTFS, by the kernel or through FUSE. */
const LACKING = new Set(['vfat', 'msdos', 'exfat', 'ntfs', 'ntfs3', 'fuseblk'])

/**
 * What the setting means on this vault, which need not exist yet. Throws `file-system-unsupported`, and `config-invalid` for
 * snapshots where there are none.
 */
export async function kindFor(
  setting: DiskCopyConfig['generations'],
  vaultPath: string,
): Promise<GenerationKind> {
  const path = await nearestExisting(vaultPath)
  const type = mountOf(path, await mounts())?.type
  if (type !== undefined && LACKING.has(type)) {
    throw new HoldfastError(
      'file-system-unsupported',
      `the vault lies on a file system (${type}) that keeps no owners, ACLs, extended attributes and hard links`,
      { details: { path: vaultPath, fileSystem: type } },
    )
  }
  if (setting === 'hard-links' || setting === 'mirror') return setting
  if (!(await isBtrfs(path))) {
    if (setting === 'auto') return 'hard-links'
    throw new HoldfastError('config-invalid', 'the vault does not lie on Btrfs: it can hold no snapshots', {
      hint: 'Set `generations` to auto or hard-links, or format the disk with Btrfs and enter its new UUID.',
      details: { path: vaultPath, fileSystem: type ?? null },
    })
  }
  return setting === 'snapshots' || (await hasBtrfsProgram()) ? 'snapshots' : 'hard-links'
}

async function hasBtrfsProgram(): Promise<boolean> {
  try {
    await exec('btrfs', ['--version'], { okCodes: 'all' })
    return true
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'command-missing') return false
    throw error
  }
}

async function nearestExisting(path: string): Promise<string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  return found !== null || path === '/' ? path : await nearestExisting(dirname(path))
}
