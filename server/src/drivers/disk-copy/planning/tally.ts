import { lstatSync } from 'node:fs'
import { fsPath, toBytePath } from '../../../clients/disks/byte-path.ts'
import type { RsyncItem } from '../../../clients/rsync/output.ts'

const BLOCK_BYTES = 4096
/** From this size on it is worth a call to learn how much of a file is holes. */
const SPARSE_FROM_BYTES = 16 * 1024 * 1024

export interface TallyCounts {
  readonly newFiles: number
  readonly changedFiles: number
  /** Files of which only owner, mode, ACL or attributes changed: a hard link cannot show that, they are written anew. */
  readonly attributeFiles: number
  readonly deletedFiles: number
}

/** Adds up what a dry run tells: how many files, how many bytes, how much room. */
export class Tally {
  newFiles = 0
  changedFiles = 0
  attributeFiles = 0
  deletedFiles = 0
  otherEntries = 0
  /** Bytes that pass through the copy: the measure of progress. */
  copyBytes = 0
  /** Room they take: whole blocks, holes left out. */
  roomBytes = 0
  readonly #source: string

  constructor(source: string) {
    this.#source = toBytePath(source)
  }

  add(item: RsyncItem): void {
    if (item.kind === 'deleted') {
      if (item.entry === 'file') this.deletedFiles += 1
      return
    }
    if (item.entry !== 'file') {
      this.otherEntries += 1
      this.roomBytes += BLOCK_BYTES
      return
    }
    if (item.kind === 'attributes') this.attributeFiles += 1
    else if (item.kind === 'changed') this.changedFiles += 1
    else this.newFiles += 1
    if (item.kind === 'linked') return
    this.copyBytes += item.sizeBytes
    this.roomBytes += Math.ceil(this.#allocated(item) / BLOCK_BYTES) * BLOCK_BYTES
  }

  counts(): TallyCounts {
    const { newFiles, changedFiles, attributeFiles, deletedFiles } = this
    return { newFiles, changedFiles, attributeFiles, deletedFiles }
  }

  /** Holes are kept by the copy, so a 2 TB image with 20 GB in it needs 20 GB. */
  #allocated(item: RsyncItem): number {
    if (item.sizeBytes < SPARSE_FROM_BYTES) return item.sizeBytes
    const stat = lstatSync(fsPath(`${this.#source}/${item.path}`), { throwIfNoEntry: false })
    return stat ? Math.min(item.sizeBytes, stat.blocks * 512) : item.sizeBytes
  }
}
