import { lstatSync } from 'node:fs'
import { fsPath, toBytePath } from '../../../clients/disks/byte-path.ts'
import type { RsyncItem } from '../../../clients/rsync/output.ts'
import { Deltas } from './deltas.ts'

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

/**
 * What happens to a file that changes: the old one stays beside it, or is replaced once the new one is whole, or is changed
 * where it is.
 */
export type Replacing = 'beside' | 'replace' | 'in-place'

/** Adds up what a dry run tells: how many files, how many bytes, how much room. */
export class Tally {
  newFiles = 0
  changedFiles = 0
  attributeFiles = 0
  deletedFiles = 0
  deletedEntries = 0
  otherEntries = 0
  /** Entries that are there already, and become hard links to others. */
  relinkedEntries = 0
  /** Bytes that pass through the copy: the measure of progress. */
  copyBytes = 0
  readonly deltas = new Deltas()
  readonly #source: string
  readonly #target: string
  readonly #replacing: Replacing
  #roomBytes = 0
  #largestReplaced = 0

  /** `target` is the tree that the copy changes; only needed where it replaces files there. */
  constructor(source: string, replacing: Replacing = 'beside', target = '') {
    this.#source = toBytePath(source)
    this.#target = toBytePath(target)
    this.#replacing = replacing
  }

  add(item: RsyncItem): void {
    if (item.entry === 'file') this.deltas.add(item)
    if (item.kind === 'deleted') {
      this.deletedEntries += 1
      if (item.entry === 'file') this.deletedFiles += 1
      return
    }
    if (item.kind === 'relinked') {
      this.relinkedEntries += 1
      return
    }
    if (item.entry !== 'file') {
      this.otherEntries += 1
      this.#roomBytes += BLOCK_BYTES
      return
    }
    if (item.kind === 'attributes') this.attributeFiles += 1
    else if (item.kind === 'changed') this.changedFiles += 1
    else this.newFiles += 1
    if (item.kind === 'linked') return
    if (item.kind === 'attributes' && this.#replacing !== 'beside') return
    this.copyBytes += item.sizeBytes
    this.#addRoom(item)
  }

  /** Room on the vault: whole blocks, holes left out. */
  get roomBytes(): number {
    return this.#roomBytes + this.#largestReplaced
  }

  /** Nothing at all is to be done, not even to a folder. */
  get isEmpty(): boolean {
    const { newFiles, changedFiles, attributeFiles, deletedEntries } = this
    const files = newFiles + changedFiles + attributeFiles
    return files + deletedEntries + this.otherEntries + this.relinkedEntries === 0
  }

  counts(): TallyCounts {
    const { newFiles, changedFiles, attributeFiles, deletedFiles } = this
    return { newFiles, changedFiles, attributeFiles, deletedFiles }
  }

  #addRoom(item: RsyncItem): void {
    const neededBytes = inBlocks(this.#allocated(item))
    if (this.#replacing === 'beside' || item.kind === 'new') {
      this.#roomBytes += neededBytes
      return
    }
    const before = lstatSync(fsPath(`${this.#target}/${item.path}`), { throwIfNoEntry: false })
    this.#roomBytes += Math.max(0, neededBytes - (before?.blocks ?? 0) * 512)
    if (this.#replacing === 'replace') this.#largestReplaced = Math.max(this.#largestReplaced, neededBytes)
  }

  /** Holes are kept by the copy, so a 2 TB image with 20 GB in it needs 20 GB. */
  #allocated(item: RsyncItem): number {
    if (item.sizeBytes < SPARSE_FROM_BYTES) return item.sizeBytes
    const stat = lstatSync(fsPath(`${this.#source}/${item.path}`), { throwIfNoEntry: false })
    return stat ? Math.min(item.sizeBytes, stat.blocks * 512) : item.sizeBytes
  }
}

function inBlocks(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES
}
