import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { type BytePath, fsPath, toBytePath } from '../../../clients/disks/byte-path.ts'
import { SEEN_FILE, SUMS_FILE, TREE_FILE } from '../on-vault/names.ts'
import { ATTRIBUTES_AT_ONCE } from './attributes.ts'
import { entryOf } from './entry.ts'
import { haveAttributes, type ToldAttributes } from './have-attributes.ts'
import { escapeName, formatTreeLine, TREE_HEADER, unescapeName } from './listing/formats.ts'

export interface CarryRequest {
  /** Where the listings of the restore point lie that is repeated. */
  readonly from: string
  /** Directory of the new one: holds `data`, gets the listings. */
  readonly directory: string
  readonly treeSha256: string
  readonly sumsSha256: string | null
  /** Which attributes TREE tells of. */
  readonly attributes: string
  /** Takes SEEN over as well. */
  readonly withSeen: boolean
  readonly signal: AbortSignal
}

/**
 * Takes the listings of a restore point over for one that holds the same. Files are not looked at: they are the very ones, and
 * a dry run has just found them as they are in the source. Looked at are all names, and what can have become different
 * when the tree was made: the folders. False when the listings are not those that the manifest vouches for, or the tree is not
 * what they say. Throws the errors of the file system.
 */
export async function carryListings(request: CarryRequest): Promise<boolean> {
  const { from, directory, treeSha256, sumsSha256, withSeen } = request
  const tree = new KnownTree(toBytePath(`${directory}/data`), request)
  const take = async (name: string, sha256: string | null, check?: CheckLine) =>
    await copyLines(`${from}/${name}`, `${directory}/${name}`, sha256, check)
  return (
    (await take(TREE_FILE, treeSha256, (line) => tree.meets(line))) &&
    (await tree.isComplete()) &&
    (sumsSha256 === null || (await take(SUMS_FILE, sumsSha256))) &&
    (!withSeen || (await take(SEEN_FILE, null)))
  )
}

type CheckLine = (line: string) => boolean | Promise<boolean>

const CHUNK_BYTES = 1024 * 1024
const TO_READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
const TO_WRITE = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW

/** False when a line is refused, or the whole is not what was vouched for. */
async function copyLines(
  from: string,
  to: string,
  sha256: string | null,
  check?: CheckLine,
): Promise<boolean> {
  await using source = await open(from, TO_READ)
  if (!(await source.stat()).isFile()) return false
  await using target = await open(to, TO_WRITE, 0o644)
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  let rest = ''
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES, null)
    if (bytesRead === 0) break
    const bytes = buffer.subarray(0, bytesRead)
    hash.update(bytes)
    for (let at = 0; at < bytesRead; ) at += (await target.write(bytes, at)).bytesWritten
    if (!check) continue
    const lines = (rest + bytes.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > CHUNK_BYTES) return false
    for (const line of lines) {
      const isRight = check(line)
      if (isRight !== true && !(await isRight)) return false
    }
  }
  return rest === '' && (sha256 === null || hash.digest('hex') === sha256)
}

/** Follows the lines of TREE through a tree: every name is there, and no other one. */
class KnownTree {
  readonly #root: BytePath
  readonly #request: CarryRequest
  #headerLines = 0
  /** Folders around the place that is reached, each with the names in it that are still to come, the last one first. */
  readonly #folders: { path: BytePath; names: string[] }[] = []
  #hasBegun = false
  #toAsk: ToldAttributes[] = []

  constructor(root: BytePath, request: CarryRequest) {
    this.#root = root
    this.#request = request
  }

  meets(line: string): boolean | Promise<boolean> {
    if (line.startsWith('#')) return line === TREE_HEADER[this.#headerLines++]
    const [type, , , , , , , attributes = '-', name = ''] = line.split('\t', 9)
    if (name !== this.#next()) return false
    return type !== 'd' || this.#enter(line, unescapeName(name), attributes)
  }

  /** After the last line. */
  async isComplete(): Promise<boolean> {
    return this.#hasBegun && this.#next() === null && (await this.#areAsTold())
  }

  /** As TREE writes it; null at the end. */
  #next(): string | null {
    if (!this.#hasBegun) return '.'
    for (;;) {
      const folder = this.#folders.at(-1)
      if (!folder) return null
      const name = folder.names.pop()
      if (name !== undefined) return escapeName(folder.path === '.' ? name : `${folder.path}/${name}`)
      this.#folders.pop()
    }
  }

  async #enter(line: string, path: BytePath, attributes: string): Promise<boolean> {
    const directory = fsPath(path === '.' ? this.#root : `${this.#root}/${path}`)
    const entry = entryOf(path, await lstat(directory, { bigint: true }), null)
    const told = attributes === '-' ? null : attributes
    // Never into what has become a link.
    if (entry.type !== 'd' || formatTreeLine(entry, null, told) !== line) return false
    if (told !== null) this.#toAsk.push({ path, attributes: told })
    this.#hasBegun = true
    const names = await readdir(directory, { encoding: 'latin1' })
    this.#folders.push({ path, names: names.sort().reverse() })
    return this.#toAsk.length < ATTRIBUTES_AT_ONCE || (await this.#areAsTold())
  }

  async #areAsTold(): Promise<boolean> {
    const asked = this.#toAsk
    this.#toAsk = []
    const { attributes, signal } = this.#request
    return await haveAttributes(this.#root, asked, attributes, signal)
  }
}
