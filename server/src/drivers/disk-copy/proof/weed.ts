import { chmodSync, closeSync, readSync, statSync, unlinkSync } from 'node:fs'
import { type BytePath, fsPath, toBytePath } from '../../../clients/disks/byte-path.ts'
import { readEntry, walk } from './entry.ts'
import { InodeTable } from './listing/inode-table.ts'
import { openFile } from './open-file.ts'
import { isSameFile, type Known, unchangedBy } from './unchanged.ts'

export interface WeedRequest {
  /** Directory of the unfinished copy: holds `data`. */
  readonly directory: string
  readonly source: string
  /** Which files are as they were in an earlier state, and so known to be good. */
  readonly known: Known
  /**
   * Directory of a generation whose files rsync has linked or will link to. It would change owners and times of such a file
   * where it is, in both: whatever the copy shares with it is taken out, and linked anew if nothing has changed.
   */
  readonly linkedTo: string | null
  /** Content is not compared: what is not known to be good is taken out, since reading it may not reach the disk. */
  readonly distrusted: boolean
  /** rsync will change files where they are: no two names of the copy may be one file. */
  readonly parts: boolean
}

/** A copy that begins as a snapshot or clone and is changed in place. */
export interface PartRequest {
  readonly directory: string
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
  const linkedTo = request.linkedTo === null ? null : toBytePath(`${request.linkedTo}/data`)
  using unchanged = unchangedBy(request.known)
  const met = new InodeTable()
  const done = { comparedFiles: 0, comparedBytes: 0, removedFiles: 0 }
  for (const entry of walk(root)) {
    if (entry.type !== 'f') continue
    const isTwin = request.parts && entry.linkCount > 1 && met.get(entry.inode) !== undefined
    if (isTwin || (linkedTo !== null && isSameFile(linkedTo, entry))) {
      unlinkFrom(root, entry.path)
      continue
    }
    if (request.parts && entry.linkCount > 1) met.set(entry.inode, 1)
    if (unchanged.has(entry)) continue
    if (request.distrusted) {
      unlinkFrom(root, entry.path)
      done.removedFiles += 1
      continue
    }
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

/**
 * Leaves one name of every file that has several: changed in place, it would change under its other names too, even where
 * the source has two files by now. rsync links them again. Looked for where they lie: a listing from the disk is not asked
 * what to remove.
 */
export function partTwins(request: PartRequest): WeedResult {
  const root = toBytePath(`${request.directory}/data`)
  const met = new InodeTable()
  let removedFiles = 0
  for (const entry of walk(root)) {
    if (entry.type !== 'f' || entry.linkCount === 1) continue
    if (met.get(entry.inode) === undefined) {
      met.set(entry.inode, 1)
      continue
    }
    unlinkFrom(root, entry.path)
    removedFiles += 1
  }
  return { comparedFiles: 0, comparedBytes: 0, removedFiles }
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
