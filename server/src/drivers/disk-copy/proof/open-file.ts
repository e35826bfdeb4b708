import { type BigIntStats, closeSync, constants, fstatSync, openSync } from 'node:fs'
import { type BytePath, fsPath } from '../../../clients/disks/byte-path.ts'

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * Opens a regular file to read it, and tells what it is. Between the look and the opening a name may have become a symlink,
 * which would lead elsewhere, or a FIFO, which would block for ever: neither is opened. Throws the errors of open(2).
 */
export function openWithFacts(path: BytePath): { readonly fd: number; readonly facts: BigIntStats } {
  const fd = openSync(fsPath(path), FLAGS)
  try {
    const facts = fstatSync(fd, { bigint: true })
    if (facts.isFile()) return { fd, facts }
  } catch (error) {
    closeSync(fd)
    throw error
  }
  closeSync(fd)
  throw Object.assign(new Error('it is not a regular file'), { code: 'ENOTSUP' })
}

export function openFile(path: BytePath): number {
  return openWithFacts(path).fd
}
