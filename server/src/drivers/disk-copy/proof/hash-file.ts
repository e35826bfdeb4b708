import { createHash, hash } from 'node:crypto'
import { closeSync, fstatSync, readSync } from 'node:fs'
import type { BytePath } from '../../../clients/disks/byte-path.ts'
import { openFile } from './open-file.ts'

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
  const fd = openFile(path)
  try {
    const stat = fstatSync(fd, { bigint: true })
    return {
      sha256: hashContent(fd),
      inode: stat.ino,
      sizeBytes: Number(stat.size),
      ctime: stat.ctimeNs,
    }
  } finally {
    closeSync(fd)
  }
}

function hashContent(fd: number): string {
  const first = readSync(fd, buffer)
  if (first < buffer.length) {
    const second = readSync(fd, buffer, first, buffer.length - first, null)
    if (second === 0) return hash('sha256', buffer.subarray(0, first), 'hex')
    return hashRest(fd, first + second)
  }
  return hashRest(fd, first)
}

function hashRest(fd: number, filled: number): string {
  const digest = createHash('sha256').update(buffer.subarray(0, filled))
  for (;;) {
    const length = readSync(fd, buffer)
    if (length === 0) return digest.digest('hex')
    digest.update(buffer.subarray(0, length))
  }
}
