import { lstat, mkdir, readdir } from 'node:fs/promises'
import { HoldfastError } from '@holdfast/contract'

/**
 * Whether a directory that Holdfast makes is there. A symlink or file of its name was put there by somebody else: what
 * is written, read or deleted through it would lie elsewhere. Throws `vault-foreign`.
 */
export async function hasOwnDirectory(path: string): Promise<boolean> {
  const facts = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (facts === null || facts.isDirectory()) return facts !== null
  const what = facts.isSymbolicLink() ? 'a symlink' : 'not a directory'
  throw new HoldfastError('vault-foreign', `${path} on the vault is ${what}: it was not made by Holdfast`, {
    hint: 'Find out who put it there, then move it away.',
    details: { path },
  })
}

/** Makes a directory unless it is there; its parent must be. Throws `vault-foreign` for what only bears its name. */
export async function makeOwnDirectory(path: string, mode = 0o755): Promise<void> {
  await mkdir(path, { mode }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await hasOwnDirectory(path)
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
