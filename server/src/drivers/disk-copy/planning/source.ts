import { constants } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { relative } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { HeldDirectory } from '../../../clients/disks/held-directory.ts'
import { isInside } from '../../../kit/mounts.ts'
import type { DiskCopyConfig } from '../config.ts'

/** The folder to copy, held open: what somebody puts at its path later is not copied in its stead. */
export interface Source extends AsyncDisposable {
  /** As the job names it. */
  readonly path: string
  readonly directory: HeldDirectory
  readonly device: number
  readonly inode: number
  readonly isEmpty: boolean
}

/** Throws `source-gone`, `permission-denied`, and `config-invalid` for a path with a symlink in it. */
export async function openSource(path: string): Promise<Source> {
  let directory: HeldDirectory | null = null
  try {
    directory = await HeldDirectory.hold(path)
    const held = directory
    await access(held.inside, constants.R_OK | constants.X_OK)
    const [facts, names] = await Promise.all([stat(held.inside), readdir(held.inside)])
    return {
      path,
      directory: held,
      device: facts.dev,
      inode: facts.ino,
      isEmpty: names.length === 0,
      [Symbol.asyncDispose]: () => held[Symbol.asyncDispose](),
    }
  } catch (error) {
    await directory?.[Symbol.asyncDispose]()
    throw sourceError(path, error as NodeJS.ErrnoException)
  }
}

function sourceError(path: string, cause: NodeJS.ErrnoException): Error {
  const details = { path }
  switch (cause.code) {
    case 'ELOOP':
      // Not where it leads: whoever put it there may not be allowed to know.
      return new HoldfastError('config-invalid', `the source ${path} is reached through a symbolic link`, {
        hint: `Name the real path in the job; \`realpath ${path}\` on its machine tells it. A link that nobody meant to be there may let others read what is not theirs.`,
        details,
        cause,
      })
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EIO':
    case 'ESTALE':
    case 'ENOTCONN':
      return new HoldfastError('source-gone', `the source ${path} is not there (${cause.code})`, {
        details,
        cause,
      })
    case 'EACCES':
      return new HoldfastError('permission-denied', `the source ${path} may not be read`, { details, cause })
    default:
      return cause
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
