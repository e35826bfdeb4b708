import { type BytePath, compareBytePaths, displayPath, toBytePath } from '../../../clients/disks/byte-path.ts'
import { type FoundEntry, readEntry, type WalkGap, walk } from './entry.ts'
import { formatSum, formatTreeLine, parseSum, TREE_HEADER } from './formats.ts'
import { type HashedFile, hashFile } from './hash-file.ts'
import { LineWriter, readLines } from './lines.ts'

export interface BuildRequest {
  /** Directory of the restore point: holds `data`, gets TREE and SHA256SUMS. */
  readonly directory: string
  /** Directory of the generation it was hard-linked against, if any. */
  readonly previous: string | null
  readonly withHashes: boolean
  /**
   * What the previous SHA256SUMS must hash to for its hashes of unchanged files to be taken over; null when it is in
   * doubt and everything is hashed anew.
   */
  readonly previousSumsSha256: string | null
}

export interface BuildResult {
  readonly treeSha256: string
  readonly sumsSha256: string | null
  readonly itemCount: number
  readonly fileCount: number
  /** Apparent size of all files, hard links counted once. */
  readonly sizeBytes: number
  /** The same for the files that are not shared with the previous generation. */
  readonly addedBytes: number
  readonly directoryCount: number
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
class SumsCursor {
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

  #advance(): void {
    for (;;) {
      const next = this.#lines.next()
      this.#current = next.done ? null : parseSum(next.value)
      if (next.done || this.#current) return
    }
  }
}

/** Writes TREE and SHA256SUMS of a finished copy. `early` holds what was hashed while the copy was going on, by inode. */
export function buildListings(
  request: BuildRequest,
  early: ReadonlyMap<bigint, HashedFile>,
  onProgress: (progress: BuildProgress) => void,
): BuildResult {
  const root = toBytePath(`${request.directory}/data`)
  const previousRoot = request.previous === null ? null : toBytePath(`${request.previous}/data`)
  const cursor = new SumsCursor(trustedSums(request))
  using tree = new LineWriter(`${request.directory}/TREE`)
  using sums = request.withHashes ? new LineWriter(`${request.directory}/SHA256SUMS`) : null
  for (const line of TREE_HEADER) tree.write(line)
  const firstOfInode = new Map<bigint, { number: number; sha256: string | null }>()
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

  const hashOf = (entry: FoundEntry, isShared: boolean): string => {
    const known = isShared ? cursor.find(entry.path) : null
    if (known !== null) return known
    const found = early.get(entry.inode)
    if (found && found.ctime === entry.ctime && found.sizeBytes === entry.sizeBytes) return found.sha256
    hashedBytes += entry.sizeBytes ?? 0
    return hashFile(`${root}/${entry.path}`).sha256
  }

  for (const entry of walk(root, onGap)) {
    itemCount += 1
    if (itemCount % 500 === 0) onProgress({ itemCount, hashedBytes })
    if (entry.type === 'd') directoryCount += 1
    if (entry.type !== 'f') {
      tree.write(formatTreeLine(entry, null))
      continue
    }
    fileCount += 1
    const first = entry.linkCount > 1 ? firstOfInode.get(entry.inode) : undefined
    tree.write(formatTreeLine(entry, first?.number ?? null))
    let sha256 = first?.sha256 ?? null
    if (!first) {
      const isShared = isSameFile(previousRoot, entry)
      sizeBytes += entry.sizeBytes ?? 0
      if (!isShared) addedBytes += entry.sizeBytes ?? 0
      if (sums) sha256 = hashOf(entry, isShared)
      if (entry.linkCount > 1) firstOfInode.set(entry.inode, { number: itemCount, sha256 })
    }
    if (sums && sha256 !== null) sums.write(formatSum(entry.path, sha256))
  }
  onProgress({ itemCount, hashedBytes })
  return {
    treeSha256: tree.finish(),
    sumsSha256: sums?.finish() ?? null,
    itemCount,
    fileCount,
    sizeBytes,
    addedBytes,
    directoryCount,
    gaps,
    gapCount,
  }
}

function trustedSums(request: BuildRequest): string | null {
  if (request.previous === null || request.previousSumsSha256 === null) return null
  const path = `${request.previous}/SHA256SUMS`
  try {
    return hashFile(toBytePath(path)).sha256 === request.previousSumsSha256 ? path : null
  } catch {
    return null
  }
}

/** A generation shares a file with the one before when the same path leads to the same inode. */
export function isSameFile(previousRoot: BytePath | null, entry: FoundEntry): boolean {
  if (previousRoot === null || entry.linkCount < 2) return false
  try {
    return readEntry(previousRoot, entry.path)?.inode === entry.inode
  } catch {
    // A folder closed to us, or a path that is too long there: then nothing is known about it.
    return false
  }
}
