import { chmodSync, closeSync, readSync, statSync, unlinkSync } from 'node:fs'
import { type BytePath, fsPath, toBytePath } from '../../../clients/disks/byte-path.ts'
import { isSameFile } from './build.ts'
import { readEntry, walk } from './entry.ts'
import { openFile } from './open-file.ts'

export interface WeedRequest {
  /** Directory of the unfinished copy: holds `data`. */
  readonly directory: string
  readonly source: string
  /** Directory of the generation it shares files with, if any: those files are known to be good. */
  readonly previous: string | null
}

export interface WeedResult {
  readonly comparedFiles: number
  readonly comparedBytes: number
  readonly removedFiles: number
}

const ours = Buffer.allocUnsafeSlow(1024 * 1024)
const theirs = Buffer.allocUnsafeSlow(1024 * 1024)

/**
 * Removes from an unfinished copy every file whose content is not that of the source. After a power cut or a pulled disk
 * a file may have its full size and its time and yet hold zeros, and rsync, which looks at no more than that, would keep
 * it. What is removed here is simply copied again.
 */
export function weedPartial(request: WeedRequest, onProgress: (done: WeedResult) => void): WeedResult {
  const root = toBytePath(`${request.directory}/data`)
  const source = toBytePath(request.source)
  const previous = request.previous === null ? null : toBytePath(`${request.previous}/data`)
  const done = { comparedFiles: 0, comparedBytes: 0, removedFiles: 0 }
  for (const entry of walk(root)) {
    if (entry.type !== 'f' || isSameFile(previous, entry)) continue
    const original = readEntryOrNull(source, entry.path)
    // A different size or time is seen by rsync itself, and what the source no longer has is deleted by it.
    if (original?.type !== 'f' || original.sizeBytes !== entry.sizeBytes || original.mtime !== entry.mtime)
      continue
    done.comparedFiles += 1
    done.comparedBytes += entry.sizeBytes ?? 0
    if (done.comparedFiles % 200 === 0) onProgress(done)
    if (haveSameContent(`${root}/${entry.path}`, `${source}/${entry.path}`)) continue
    unlinkFrom(root, entry.path)
    done.removedFiles += 1
  }
  return done
}

/** What cannot be looked at is left to rsync. */
function readEntryOrNull(root: BytePath, path: BytePath) {
  try {
    return readEntry(root, path)
  } catch {
    return null
  }
}

/** The folder may have the mode of a source nobody may write to. rsync gives it that mode again at its end. */
function unlinkFrom(root: BytePath, path: BytePath): void {
  const full = `${root}/${path}`
  try {
    unlinkSync(fsPath(full))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    const folder = fsPath(full.slice(0, full.lastIndexOf('/')))
    chmodSync(folder, (statSync(folder).mode & 0o7777) | 0o700)
    unlinkSync(fsPath(full))
  }
}

function haveSameContent(copy: BytePath, original: BytePath): boolean {
  let copyFd: number | null = null
  let originalFd: number | null = null
  try {
    copyFd = openFile(copy)
    originalFd = openFile(original)
    for (;;) {
      const copied = readFully(copyFd, ours)
      const read = readFully(originalFd, theirs)
      if (copied !== read || ours.compare(theirs, 0, read, 0, copied) !== 0) return false
      if (read < theirs.length) return true
    }
  } catch {
    // Unreadable on either side: rsync is to try again, and to say what is wrong.
    return false
  } finally {
    if (copyFd !== null) closeSync(copyFd)
    if (originalFd !== null) closeSync(originalFd)
  }
}

function readFully(fd: number, buffer: Buffer): number {
  let filled = 0
  while (filled < buffer.length) {
    const length = readSync(fd, buffer, filled, buffer.length - filled, null)
    if (length === 0) break
    filled += length
  }
  return filled
}
