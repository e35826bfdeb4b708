import { constants } from 'node:fs'
import { access, readdir, realpath, stat } from 'node:fs/promises'
import { relative } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { isInside } from '../../../clients/disks/byte-path.ts'
import type { DiskCopyConfig } from '../config.ts'

export interface Source {
  /** Free of symlinks. */
  readonly path: string
  readonly device: number
  readonly isEmpty: boolean
}

/** Throws `source-gone` and `permission-denied`. */
export async function openSource(path: string): Promise<Source> {
  try {
    const facts = await stat(path)
    if (!facts.isDirectory()) {
      throw new HoldfastError('source-gone', `the source ${path} is not a folder`, { details: { path } })
    }
    await access(path, constants.R_OK | constants.X_OK)
    const names = await readdir(path)
    return { path: await realpath(path), device: facts.dev, isEmpty: names.length === 0 }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (
      code === 'ENOENT' ||
      code === 'ENOTDIR' ||
      code === 'EIO' ||
      code === 'ESTALE' ||
      code === 'ENOTCONN'
    ) {
      throw new HoldfastError('source-gone', `the source ${path} is not there (${code})`, {
        details: { path },
        cause: error,
      })
    }
    if (code === 'EACCES') {
      throw new HoldfastError('permission-denied', `the source ${path} may not be read`, {
        details: { path },
        cause: error,
      })
    }
    throw error
  }
}

/**
 * A copy must never contain itself. The vault may lie below the source only as a file system of its own that the copy
 * does not enter (that is how a whole machine is copied to a disk mounted in it), or where a pattern leaves it out.
 */
export async function refuseOverlap(
  source: Source,
  vaultPath: string,
  config: DiskCopyConfig,
): Promise<void> {
  const details = { source: source.path, vault: vaultPath }
  if (isInside(source.path, vaultPath)) {
    throw new HoldfastError('config-invalid', 'the source lies inside the vault', { details })
  }
  if (!isInside(vaultPath, source.path) || isExcluded(relative(source.path, vaultPath), config)) return
  const vault = await stat(vaultPath).catch(() => null)
  if (config.oneFileSystem && vault !== null && vault.dev !== source.device) return
  throw new HoldfastError(
    'config-invalid',
    'the vault lies inside the source: the copy would contain itself',
    {
      details,
      hint: `Move one of them, exclude the vault by the pattern "/${relative(source.path, vaultPath)}/", or set oneFileSystem if it is a mounted disk of its own.`,
    },
  )
}

/** Whether a pattern names the vault or a folder above it exactly. Wildcards are not looked at: they may miss. */
function isExcluded(vaultBelowSource: string, config: DiskCopyConfig): boolean {
  const parts = vaultBelowSource.split('/')
  const patterns = parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)
  return patterns.some(
    (pattern) => config.exclude.includes(pattern) || config.exclude.includes(`${pattern}/`),
  )
}
