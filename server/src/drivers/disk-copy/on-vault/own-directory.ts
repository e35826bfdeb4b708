import { lstat } from 'node:fs/promises'
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
