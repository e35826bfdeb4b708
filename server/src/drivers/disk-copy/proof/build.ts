import { type BytePath, compareBytePaths, displayPath, toBytePath } from '../../../clients/disks/byte-path.ts'
import { SEEN_FILE, SUMS_FILE, TREE_FILE } from '../on-vault/names.ts'
import { ATTRIBUTES_AT_ONCE, attributesInReach, attributesOf } from './attributes.ts'
import { type FoundEntry, inBatches, type WalkGap, walk } from './entry.ts'
import { hashFile } from './hash-file.ts'
import { formatSum, formatTreeLine, parseSum, TREE_HEADER } from './listing/formats.ts'
import type { HashedFiles } from './listing/hashed-files.ts'
import { InodeTable } from './listing/inode-table.ts'
import { LineWriter, readLines } from './listing/lines.ts'
import { formatSeen, type Known, unchangedBy } from './unchanged.ts'

export interface BuildRequest {
  /** Directory of the restore point: holds `data`, gets TREE and SHA256SUMS. */
  readonly directory: string
  readonly withHashes: boolean
  /** Which files are as they were in an earlier state. */
  readonly known: Known
  /** The SHA256SUMS of that state, and what it must hash to; null when it is in doubt and everything is hashed anew. */
  readonly sums: { readonly path: string; readonly sha256: string } | null
  /** Writes SEEN as well: what the next build will know the files by. */
  readonly notesSeen: boolean
}

export interface BuildResult {
  readonly treeSha256: string
  readonly sumsSha256: string | null
  readonly itemCount: number
  readonly fileCount: number
  /** Apparent size of all files, hard links counted once. */
  readonly sizeBytes: number
  /** The same for the files that are not as they were. */
  readonly addedBytes: number
  readonly directoryCount: number
  /** Which attributes TREE tells of. */
  readonly attributes: string
  /** What could not be listed, as people read it: the first hundred, with the count of all. */
  readonly gaps: readonly { path: string; why: WalkGap }[]
  readonly gapCount: number
}

export interface BuildProgress {
  readonly itemCount: number
  readonly hashedBytes: number
}

const MAX_GAPS = 100

/** Walks along a SHA256SUMS file beside a walk of the tree, both in the same order: no map of all names is needed. */
class SumsCursor implements Disposable {
  readonly #lines: Iterator<string>
  #current: { path: BytePath; sha256: string } | null = null

  constructor(path: string | null) {
    this.#lines = path === null ? [][Symbol.iterator]() : readLines(path)
    this.#advance()
  }

  find(path: BytePath): string | null {
    while (this.#current !== null && compareBytePaths(this.#current.path, path) < 0) this.#advance()
    return this.#current?.path === path ? this.#current.sha256 : null
  }

  [Symbol.dispose](): void {
    this.#lines.return?.()
  }

  #advance(): void {
    for (;;) {
      const next = this.#lines.next()
      this.#current = next.done ? null : parseSum(next.value)
      if (next.done || this.#current) return
    }
  }
}

/** Writes TREE and SHA256SUMS of a finished copy. `early` holds what was learnt while the copy was going on, by inode. */
export function buildListings(
  request: BuildRequest,
  early: HashedFiles,
  onProgress: (progress: BuildProgress) => void,
): BuildResult {
  const root = toBytePath(`${request.directory}/data`)
  using unchanged = unchangedBy(request.known)
  using cursor = new SumsCursor(trustedSums(request))
  const scope = attributesInReach()
  using tree = new LineWriter(`${request.directory}/${TREE_FILE}`)
  using sums = request.withHashes ? new LineWriter(`${request.directory}/${SUMS_FILE}`) : null
  using seen = request.notesSeen ? new LineWriter(`${request.directory}/${SEEN_FILE}`) : null
  for (const line of TREE_HEADER) tree.write(line)
  const firstOfInode = new InodeTable()
  let itemCount = 0
  let fileCount = 0
  let sizeBytes = 0
  let addedBytes = 0
  let hashedBytes = 0
  let directoryCount = 0
  let gapCount = 0
  const gaps: { path: string; why: WalkGap }[] = []
  const onGap = (path: BytePath, why: WalkGap): void => {
    gapCount += 1
    if (gaps.length < MAX_GAPS) gaps.push({ path: displayPath(path), why })
  }

  const hashOf = (entry: FoundEntry, isKnown: boolean): string => {
    const known = isKnown ? cursor.find(entry.path) : null
    if (known !== null) return known
    const found = early.find(entry)
    if (found !== null) return found
    hashedBytes += entry.sizeBytes ?? 0
    const hashed = hashFile(`${root}/${entry.path}`)
    // Its other names ask again.
    if (entry.linkCount > 1) early.add(hashed)
    return hashed.sha256
  }

  const list = (entry: FoundEntry, attributes: string | null): void => {
    itemCount += 1
    if (itemCount % 500 === 0) onProgress({ itemCount, hashedBytes })
    if (entry.type === 'd') directoryCount += 1
    if (entry.type !== 'f') {
      tree.write(formatTreeLine(entry, null, attributes))
      return
    }
    fileCount += 1
    const first = entry.linkCount > 1 ? firstOfInode.get(entry.inode) : undefined
    if (entry.linkCount > 1 && first === undefined) firstOfInode.set(entry.inode, itemCount)
    tree.write(formatTreeLine(entry, first ?? null, attributes))
    seen?.write(formatSeen(entry))
    const isKnown = unchanged.has(entry)
    if (first === undefined) {
      sizeBytes += entry.sizeBytes ?? 0
      if (!isKnown) addedBytes += entry.sizeBytes ?? 0
    }
    if (sums) sums.write(formatSum(entry.path, hashOf(entry, isKnown)))
  }

  for (const batch of inBatches(walk(root, onGap), ATTRIBUTES_AT_ONCE)) {
    const asked = batch.filter((entry) => !early.hasNoAttributes(entry))
    const paths = asked.map((entry) => entry.path)
    const attributes = attributesOf(root, paths, scope)
    let next = 0
    for (const entry of batch) list(entry, entry === asked[next] ? (attributes[next++] ?? null) : null)
  }
  onProgress({ itemCount, hashedBytes })
  seen?.finish()
  return {
    treeSha256: tree.finish(),
    sumsSha256: sums?.finish() ?? null,
    attributes: scope,
    itemCount,
    fileCount,
    sizeBytes,
    addedBytes,
    directoryCount,
    gaps,
    gapCount,
  }
}

function trustedSums({ sums }: BuildRequest): string | null {
  if (sums === null) return null
  try {
    return hashFile(toBytePath(sums.path)).sha256 === sums.sha256 ? sums.path : null
  } catch {
    return null
  }
}
