import { lstat, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory, syncFile, writeDurably } from '../../../../clients/disks/durable-file.ts'
import { DATA, PARTIAL, REMOVING_PREFIX } from '../../../../point-directories/names.ts'
import { hasOwnDirectory, makeOwnDirectory, namesIn } from '../../../../point-directories/own-directory.ts'
import { deleteTree } from '../../../../point-directories/removal.ts'
import type { RunContext } from '../../../driver.ts'
import { fileNameOf } from '../../points/file-names.ts'
import { readSource, type SourceFile } from '../../points/files.ts'
import { SOURCE_FILE, WINDOWS_FILE } from '../../points/layout.ts'
import { lineOf, readRecords, type WindowRecord } from '../../points/window-records.ts'
import { type Found, groupsChanged } from '../look.ts'

/** Files that are waited for at the same time: the disk takes them together. */
const SYNCED_AT_ONCE = 16

/**
 * The directory of a restore point that is being made. A window is confirmed once its line is in WINDOWS.jsonl: its file
 * was on the disk before. What an earlier attempt has confirmed is kept as far as the source has not changed since.
 */
export class Unfinished {
  readonly directory: string
  /** By path: which group of shards a window is of. */
  readonly #groups = new Map<string, string>()
  readonly #folders = new Set<string>()
  #lines: string[] = []
  #files: string[] = []
  #confirming: Promise<void> = Promise.resolve()
  /** Bytes of files that no other restore point has. */
  addedBytes = 0

  private constructor(directory: string) {
    this.directory = directory
  }

  static async open(cx: RunContext, jobDirectory: string, found: Found): Promise<Unfinished> {
    const partial = join(jobDirectory, PARTIAL)
    await makeOwnDirectory(partial)
    const directory = join(partial, fileNameOf(found.name))
    const before = await stateOf(directory, found)
    if (before === null && (await hasOwnDirectory(directory))) await discard(cx, jobDirectory, found.name)
    await makeOwnDirectory(directory)
    await makeOwnDirectory(join(directory, DATA))
    const unfinished = new Unfinished(directory)
    await unfinished.#begin(before, found)
    await unfinished.writeSource(found, new Set())
    if (unfinished.size > 0) cx.log.info('an unfinished copy is continued', { windows: unfinished.size })
    return unfinished
  }

  /** What the source has said, but of some shards: of which nothing is known counts as changed next time. */
  async writeSource(found: Found, unknownShards: ReadonlySet<string>): Promise<void> {
    const shards = Object.entries(found.state.shards).filter(([id]) => !unknownShards.has(id))
    const source: SourceFile = {
      format: 'holdfast-influxdb-source/1',
      selection: found.selection,
      isFull: found.isFull,
      previous: found.previous?.point.location ?? null,
      state: { ...found.state, shards: Object.fromEntries(shards) },
    }
    await writeDurably(join(this.directory, SOURCE_FILE), `${JSON.stringify(source, null, 1)}\n`)
  }

  get size(): number {
    return this.#groups.size
  }

  /** The group whose window has this path; undefined while it is free. */
  groupAt(path: string): string | undefined {
    return this.#groups.get(path)
  }

  /** The whole path, with the folders made that it needs. */
  async place(path: string): Promise<string> {
    const [data = '', policy = '', measurement = ''] = path.split('/')
    for (const folder of [join(data, policy), join(data, policy, measurement)]) {
      if (this.#folders.has(folder)) continue
      await makeOwnDirectory(join(this.directory, folder))
      this.#folders.add(folder)
    }
    return join(this.directory, path)
  }

  /** `isShared`: it is a hard link to a file that is on the disk already. */
  add(record: WindowRecord, { isShared }: { isShared: boolean }): void {
    this.#groups.set(record.path, record.group)
    this.#lines.push(lineOf(record))
    if (isShared) return
    this.#files.push(record.path)
    this.addedBytes += record.bytes
  }

  /** From here on what was added outlives the process and the power. */
  async confirm(): Promise<void> {
    this.#confirming = this.#confirming.then(() => this.#write())
    await this.#confirming
  }

  async #write(): Promise<void> {
    const lines = this.#lines.splice(0)
    const files = this.#files.splice(0)
    if (lines.length === 0) return
    for (let at = 0; at < files.length; at += SYNCED_AT_ONCE) {
      const some = files.slice(at, at + SYNCED_AT_ONCE)
      await Promise.all(some.map((path) => syncFile(join(this.directory, path))))
    }
    await appendLines(join(this.directory, WINDOWS_FILE), lines)
  }

  /** Writes the list anew with what can be kept, and removes every file that is not in it. */
  async #begin(before: SourceFile | null, found: Found): Promise<void> {
    const list = join(this.directory, WINDOWS_FILE)
    const anew = `${list}.new`
    await rm(anew, { force: true })
    const changed = before ? groupsChanged(found.contents, before.state, found.state) : null
    const groups = new Set(found.contents.policies.flatMap(({ groups }) => groups.map(({ id }) => id)))
    const records = changed && (await namesIn(this.directory)).includes(WINDOWS_FILE) ? readRecords(list) : []
    let lines: string[] = []
    for await (const record of records) {
      if (!record || !groups.has(record.group) || changed?.has(record.group)) continue
      if (this.#groups.has(record.path) || !(await this.#isThere(record))) continue
      this.#groups.set(record.path, record.group)
      lines.push(lineOf(record))
      if (lines.length < 1000) continue
      await appendLines(anew, lines)
      lines = []
    }
    await appendLines(anew, lines)
    await rename(anew, list)
    await syncDirectory(this.directory)
    await removeOthers(join(this.directory, DATA), DATA, (path) => this.#groups.has(path))
  }

  /** Of a line that stands there the file was on the disk; its name may not have been. */
  async #isThere({ path, bytes }: WindowRecord): Promise<boolean> {
    const [data = '', policy = '', measurement = ''] = path.split('/')
    for (const folder of [join(data, policy), join(data, policy, measurement)])
      if (!(await hasOwnDirectory(join(this.directory, folder)).catch(() => false))) return false
    const facts = await lstat(join(this.directory, path)).catch(() => null)
    if (!facts?.isFile() || facts.size !== bytes) return false
    if (facts.nlink === 1) this.addedBytes += bytes
    return true
  }
}

async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  await using handle = await open(path, 'a', 0o644)
  await handle.appendFile(lines.join(''))
  await handle.sync()
}

/** What an earlier attempt knew of the source; null when nothing of it can be used. */
async function stateOf(directory: string, found: Found): Promise<SourceFile | null> {
  if (!(await hasOwnDirectory(directory)) || !(await hasOwnDirectory(join(directory, DATA)))) return null
  const source = await readSource(directory, null)
  if (source?.selection !== found.selection || (found.isFull && !source.isFull)) return null
  // Files that it shares with a restore point which is gone or damaged meanwhile are not trusted.
  const isTrusted = source.previous === null || source.previous === found.previous?.point.location
  return isTrusted ? source : null
}

async function discard(cx: RunContext, jobDirectory: string, database: string): Promise<void> {
  const name = fileNameOf(database)
  const aside = join(jobDirectory, `${REMOVING_PREFIX}${cx.runId}-${name.slice(0, 100)}`)
  await deleteTree(aside, cx.signal)
  await rename(join(jobDirectory, PARTIAL, name), aside)
  await syncDirectory(jobDirectory)
  await deleteTree(aside, cx.signal)
}

async function removeOthers(folder: string, path: string, isKept: (path: string) => boolean): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const [inside, below] = [join(folder, entry.name), `${path}/${entry.name}`]
    if (entry.isDirectory()) await removeOthers(inside, below, isKept)
    else if (!isKept(below)) await rm(inside)
  }
}

/** Takes away what is left of databases that the job does not save any more, and the folder when nothing is left. */
export async function removeForeign(
  cx: RunContext,
  jobDirectory: string,
  databases: readonly string[],
): Promise<void> {
  const partial = join(jobDirectory, PARTIAL)
  if (!(await hasOwnDirectory(partial))) return
  const kept = new Set(databases.map(fileNameOf))
  const names = await namesIn(partial)
  const foreign = names.filter((name) => !kept.has(name))
  for (const name of foreign) await deleteTree(join(partial, name), cx.signal)
  if (foreign.length === names.length) await rm(partial, { recursive: true })
}
