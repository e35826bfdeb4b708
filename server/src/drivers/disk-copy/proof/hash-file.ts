import { createHash, hash } from 'node:crypto'
import { closeSync, readSync } from 'node:fs'
import type { BytePath } from '../../../clients/disks/byte-path.ts'
import { openWithFacts } from './open-file.ts'

/** Large reads: below about 256 KiB the calls cost more than the hashing. */
const buffer = Buffer.allocUnsafeSlow(1024 * 1024)

export interface HashedFile {
  readonly sha256: string
  /** 64 bits: more than a number holds. */
  readonly inode: bigint
  readonly sizeBytes: number
  /** Changes with content, size and time, and cannot be set: whoever kept it can tell that a file is still the same. */
  readonly ctime: bigint
}

/** SHA-256 of a file, in hex. Blocks its thread: for worker threads only. Throws the errors of open and read. */
export function hashFile(path: BytePath): HashedFile {
  const { fd, facts } = openWithFacts(path)
  try {
    const sizeBytes = Number(facts.size)
    return { sha256: hashContent(fd, sizeBytes), inode: facts.ino, sizeBytes, ctime: facts.ctimeNs }
  } finally {
    closeSync(fd)
  }
}

/** A small file is read at once. One that grows meanwhile has another ctime afterwards, or is found to be longer than listed. */
function hashContent(fd: number, sizeBytes: number): string {
  const length = readSync(fd, buffer)
  if (length === sizeBytes && length < buffer.length) return hash('sha256', buffer.subarray(0, length), 'hex')
  return hashRest(fd, length)
}

function hashRest(fd: number, filled: number): string {
  const digest = createHash('sha256').update(buffer.subarray(0, filled))
  for (;;) {
    const length = readSync(fd, buffer)
    if (length === 0) return digest.digest('hex')
    digest.update(buffer.subarray(0, length))
  }
}
