import { HoldfastError } from '@holdfast/contract'
import { isBtrfs } from '../../../clients/block-devices/btrfs.ts'
import { exec } from '../../../kit/exec.ts'
import { fileSystemOf, refuseLacking } from '../../../point-directories/file-system.ts'
import type { DiskCopyConfig } from '../config.ts'

/** How the states of a source lie beside each other on a vault. */
export type GenerationKind = 'hard-links' | 'snapshots' | 'mirror'

/**
 * What the setting means on this vault, which need not exist yet. Throws `file-system-unsupported`, and `config-invalid` for
 * snapshots where there are none.
 */
export async function kindFor(
  setting: DiskCopyConfig['generations'],
  vaultPath: string,
): Promise<GenerationKind> {
  await refuseLacking(vaultPath)
  const { path, type } = await fileSystemOf(vaultPath)
  if (setting === 'hard-links' || setting === 'mirror') return setting
  if (!(await isBtrfs(path))) {
    if (setting === 'auto') return 'hard-links'
    throw new HoldfastError('config-invalid', 'the vault does not lie on Btrfs: it can hold no snapshots', {
      hint: 'Set `generations` to auto or hard-links, or format the disk with Btrfs and enter its new UUID.',
      details: { path: vaultPath, fileSystem: type },
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
