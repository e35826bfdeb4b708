import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { type BytePath, fsPath } from '../../../clients/disks/byte-path.ts'

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * Opens a regular file to read it. Between the look and the opening a name may have become a symlink, which would lead
 * elsewhere, or a FIFO, which would block for ever: neither is opened. Throws the errors of open(2).
 */
export function openFile(path: BytePath): number {
  const fd = openSync(fsPath(path), FLAGS)
  try {
    if (fstatSync(fd).isFile()) return fd
  } catch (error) {
    closeSync(fd)
    throw error
  }
  closeSync(fd)
  throw Object.assign(new Error('it is not a regular file'), { code: 'ENOTSUP' })
}
