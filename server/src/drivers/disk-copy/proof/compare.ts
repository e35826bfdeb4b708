import { type BytePath, compareBytePaths, displayPath, toBytePath } from '../../../clients/disks/byte-path.ts'
import { ATTRIBUTES_AT_ONCE, attributesInReach, attributesOf } from './attributes.ts'
import { type FoundEntry, inBatches, readEntry, walk } from './entry.ts'
import { hashFile } from './hash-file.ts'
import { parseSum, readTree, type TreeLine } from './listing/formats.ts'
import { InodeTable } from './listing/inode-table.ts'
import { readLines } from './listing/lines.ts'

export interface CompareRequest {
  /** Directory of the restore point whose TREE and SHA256SUMS are the promise. */
  readonly directory: string
  /** Root of the tree that is held against it: its own `data`, or what was restored from it. */
  readonly root: string
  /** Hex SHA-256 that the listings must have, from the manifest. */
  readonly treeSha256: string
  readonly sumsSha256: string | null
  /** Share of the files whose content is read, from 0 to 1; at least one is. */
  readonly share: number
  /** Only these, relative, with everything below them; all when null. */
  readonly only: readonly BytePath[] | null
  readonly reportExtra: boolean
  /** False for who may not give files away: then owners cannot have been restored. */
  readonly compareOwners: boolean
  /** Which attributes TREE tells of, from the manifest; null when it tells of none. */
  readonly attributes: string | null
}

export interface CompareResult {
  readonly checkedItems: number
  readonly checkedBytes: number
  readonly problems: readonly string[]
  readonly problemCount: number
}

const MAX_PROBLEMS = 100

class Problems {
  readonly lines: string[] = []
  count = 0

  add(path: BytePath, text: string): void {
    this.count += 1
    if (this.lines.length < MAX_PROBLEMS) this.lines.push(`${JSON.stringify(displayPath(path))}: ${text}`)
  }
}

function isSelected(path: BytePath, only: readonly BytePath[] | null): boolean {
  return only === null || only.some((wanted) => path === wanted || path.startsWith(`${wanted}/`))
}

function* promised(request: CompareRequest, problems: Problems): Generator<TreeLine & { number: number }> {
  let number = 0
  for (const line of readTree(`${request.directory}/TREE`)) {
    number += 1
    if (!line) problems.add('TREE', `entry ${number} is not readable`)
    else if (isSelected(line.path, request.only)) yield { ...line, number }
  }
}

function* sumsOf(request: CompareRequest): Generator<{ path: BytePath; sha256: string }> {
  if (request.sumsSha256 === null) return
  for (const text of readLines(`${request.directory}/SHA256SUMS`)) {
    const sum = parseSum(text)
    if (sum && isSelected(sum.path, request.only)) yield sum
  }
}

function compareEntry(wanted: TreeLine, found: FoundEntry, compareOwners: boolean): string[] {
  if (wanted.type !== found.type) return [`is of type ${found.type} instead of ${wanted.type}`]
  const facts: [string, unknown, unknown][] = [
    ['size', wanted.sizeBytes, found.sizeBytes],
    ['target', wanted.target, found.target],
    ['device', wanted.device, found.device],
    ['mode', wanted.mode.toString(8), found.mode.toString(8)],
    ['modification time', wanted.mtime, found.mtime],
    ...(compareOwners
      ? [['owner', `${wanted.uid}:${wanted.gid}`, `${found.uid}:${found.gid}`] as [string, string, string]]
      : []),
  ]
  return facts.filter(([, a, b]) => a !== b).map(([name, a, b]) => `${name} is ${b} instead of ${a}`)
}

/** Checks that files which were one file still are, and files which were two still are. */
class LinkChecker {
  /** Numbers of first entries of which a name was seen. */
  readonly #met = new InodeTable()
  readonly #groupOf = new InodeTable()

  check(wanted: TreeLine & { number: number }, found: FoundEntry): string | null {
    const group = wanted.linkTo ?? wanted.number
    const isMet = this.#met.get(BigInt(group)) !== undefined
    this.#met.set(BigInt(group), 1)
    const other = found.linkCount > 1 ? this.#groupOf.get(found.inode) : undefined
    if (found.linkCount > 1) this.#groupOf.set(found.inode, group)
    if (isMet && other !== group) return 'is no longer a hard link of its twin'
    return !isMet && other !== undefined ? 'has become a hard link of another file' : null
  }
}

function listingProblems(request: CompareRequest, problems: Problems): void {
  const listings = [
    ['TREE', request.treeSha256],
    ['SHA256SUMS', request.sumsSha256],
  ] as const
  for (const [name, sha256] of listings) {
    if (sha256 === null) continue
    const found = readHash(toBytePath(`${request.directory}/${name}`))
    if (found.sha256 !== sha256)
      problems.add(name, found.error ?? 'is not the listing that the manifest names')
  }
}

function readHash(path: BytePath): { sha256: string | null; error?: string } {
  try {
    return { sha256: hashFile(path).sha256 }
  } catch (error) {
    return { sha256: null, error: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` }
  }
}

function isMissingListing(problems: Problems): boolean {
  return problems.lines.some((line) => line.includes('cannot be read'))
}

/** Holds a tree against the listings of a restore point. Damage is a result; only a broken request throws. */
export function compareTree(
  request: CompareRequest,
  onProgress: (done: CompareResult) => void,
): CompareResult {
  const problems = new Problems()
  const root = toBytePath(request.root)
  const links = new LinkChecker()
  let checkedItems = 0
  let checkedBytes = 0
  let hashedFiles = 0
  const result = () => ({
    checkedItems,
    checkedBytes,
    problems: problems.lines,
    problemCount: problems.count,
  })

  listingProblems(request, problems)
  if (isMissingListing(problems)) return result()

  using sums = sumsOf(request)
  let sum = sums.next()
  const checkContent = (wanted: TreeLine): void => {
    while (!sum.done && compareBytePaths(sum.value.path, wanted.path) < 0) sum = sums.next()
    if (request.sumsSha256 === null) return
    if (sum.done || sum.value.path !== wanted.path) {
      problems.add(wanted.path, 'has no line in SHA256SUMS')
      return
    }
    if (hashedFiles > 0 && Math.random() >= request.share) return
    const content = readHash(`${root}/${wanted.path}`)
    hashedFiles += 1
    checkedBytes += wanted.sizeBytes ?? 0
    if (content.sha256 !== sum.value.sha256) problems.add(wanted.path, content.error ?? 'content has changed')
  }

  const extras = request.reportExtra ? new ExtraFinder(root, problems) : null
  const compareOne = (wanted: TreeLine & { number: number }, attributes: string | null | undefined): void => {
    extras?.upTo(wanted.path)
    checkedItems += 1
    if (checkedItems % 500 === 0) onProgress(result())
    const found = extras ? extras.take(wanted.path) : lookAt(root, wanted.path, problems)
    if (found === 'unreadable') return
    if (!found) {
      problems.add(wanted.path, 'is missing')
      return
    }
    for (const text of compareEntry(wanted, found, request.compareOwners)) problems.add(wanted.path, text)
    if (attributes !== undefined && wanted.attributes !== undefined && attributes !== wanted.attributes)
      problems.add(wanted.path, 'its extended attributes or ACL differ')
    if (wanted.type !== 'f' || found.type !== 'f') return
    const linkProblem = links.check(wanted, found)
    if (linkProblem) problems.add(wanted.path, linkProblem)
    if (wanted.sizeBytes === found.sizeBytes) checkContent(wanted)
  }
  // Whoever sees other attributes than the one who listed them cannot judge them.
  const scope = request.attributes === attributesInReach() ? request.attributes : null
  for (const batch of inBatches(promised(request, problems), ATTRIBUTES_AT_ONCE)) {
    const paths = batch.map((wanted) => wanted.path)
    const attributes = scope === null ? [] : attributesOf(root, paths, scope)
    for (const [index, wanted] of batch.entries()) compareOne(wanted, attributes[index])
  }
  extras?.upTo(null)
  return result()
}

/** A disk that fails throws; what may not be looked at is a problem of that entry. */
function lookAt(root: BytePath, path: BytePath, problems: Problems): FoundEntry | null | 'unreadable' {
  try {
    return readEntry(root, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'ENAMETOOLONG') throw error
    problems.add(path, `cannot be read (${code})`)
    return 'unreadable'
  }
}

/** Walks the real tree beside the promised one and names what nobody promised. */
class ExtraFinder {
  readonly #entries: Iterator<FoundEntry>
  readonly #problems: Problems
  #next: FoundEntry | null

  constructor(root: BytePath, problems: Problems) {
    this.#entries = walk(root)
    this.#problems = problems
    this.#next = this.#entries.next().value ?? null
  }

  upTo(path: BytePath | null): void {
    while (this.#next && (path === null || compare(this.#next.path, path) < 0)) {
      this.#problems.add(this.#next.path, 'is not part of the restore point')
      this.#advance()
    }
  }

  take(path: BytePath): FoundEntry | null {
    if (this.#next?.path !== path) return null
    const entry = this.#next
    this.#advance()
    return entry
  }

  #advance(): void {
    this.#next = this.#entries.next().value ?? null
  }
}

/** The root comes first, though `.` is not the smallest name. */
function compare(a: BytePath, b: BytePath): number {
  if (a === '.' || b === '.') return a === b ? 0 : a === '.' ? -1 : 1
  return compareBytePaths(a, b)
}
