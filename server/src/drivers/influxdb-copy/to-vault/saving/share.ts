import { link, lstat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { WindowDigest } from '../../../../clients/influxdb/transcode/digest/window-digest.ts'
import { LineDigester } from '../../../../clients/influxdb/transcode/line-digester.ts'
import { throwIfCanceled } from '../../../../kit/exec.ts'
import { hasOwnDirectory } from '../../../../point-directories/own-directory.ts'
import type { Window } from '../../planning/windows.ts'
import { isAbsent, readWindowFile } from '../../points/files.ts'
import { WINDOWS_FILE } from '../../points/layout.ts'
import { readRecords, type WindowRecord } from '../../points/window-records.ts'
import type { Found } from '../look.ts'
import type { Unfinished } from './unfinished.ts'

/** Links made at the same time. */
const AT_ONCE = 32

/** What the restore point before has of a window that is read again. */
export interface Known {
  /** Equal for windows that hold the same values. */
  readonly key: string
  readonly file: Pick<WindowRecord, 'sha256' | 'bytes' | 'textBytes'>
}

export interface Shared {
  readonly windows: number
  /** By path. */
  readonly known: ReadonlyMap<string, Known>
  /** Paths of windows that have not changed and could not be shared all the same: they are read. */
  readonly lost: ReadonlySet<string>
}

export function digestKey({ points, fields }: Pick<WindowRecord, 'points' | 'fields'>): string {
  return JSON.stringify([points, fields.map(({ field, count, sum }) => [field, count, sum])])
}

/** Gives the new restore point every window of the one before that has not changed since. Reads nothing of the source. */
export async function shareUnchanged(
  { previous, changedGroups, contents }: Found,
  windows: readonly Window[],
  unfinished: Unfinished,
  signal: AbortSignal,
): Promise<Shared> {
  const known = new Map<string, Known>()
  const lost = new Set<string>()
  if (!previous) return { windows: 0, known, lost }
  const { directory } = previous.point
  const wanted = new Set(windows.map(keyOf))
  const groups = new Set(contents.policies.flatMap(({ groups }) => groups.map(({ id }) => id)))
  const linker = new Linker(directory, unfinished)
  let shared = 0
  let batch: WindowRecord[] = []
  const shareBatch = async () => {
    throwIfCanceled(signal)
    const done = await Promise.all(batch.map((record) => linker.share(record)))
    for (const [index, record] of batch.entries()) {
      if (done[index]) shared += 1
      else lost.add(record.path)
    }
    batch = []
  }
  for await (const record of readRecords(join(directory, WINDOWS_FILE))) {
    if (!record || !groups.has(record.group)) continue
    if (!wanted.has(keyOf({ rp: record.retentionPolicy, measurement: record.measurement }))) continue
    if (changedGroups === null || changedGroups.has(record.group)) {
      const { sha256, bytes, textBytes } = record
      known.set(record.path, { key: digestKey(record), file: { sha256, bytes, textBytes } })
    } else if (unfinished.groupAt(record.path) === undefined) {
      batch.push(record)
      if (batch.length === AT_ONCE) await shareBatch()
    }
  }
  await shareBatch()
  await unfinished.confirm()
  return { windows: shared, known, lost }
}

function keyOf({ rp, measurement }: Pick<Window, 'rp' | 'measurement'>): string {
  return JSON.stringify([rp, measurement])
}

/** The disk has no hard links, or no more of this file, or the file is gone. */
const CANNOT = ['EPERM', 'ENOTSUP', 'EMLINK', 'EXDEV', 'ENOENT', 'ENOTDIR']

/** Makes hard links to files of another restore point. */
export class Linker {
  readonly #from: string
  readonly #to: Unfinished
  readonly #folders = new Map<string, Promise<boolean>>()

  constructor(from: string, to: Unfinished) {
    this.#from = from
    this.#to = to
  }

  /** Whether it could be done; the record is added then. */
  async share(record: WindowRecord): Promise<boolean> {
    const { path, bytes } = record
    const source = join(this.#from, path)
    if (!(await this.#isOurs(dirname(path)))) return false
    const facts = await lstat(source).catch(() => null)
    if (!facts?.isFile() || facts.size !== bytes) return false
    const target = await this.#to.place(path)
    try {
      await link(source, target).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
        await unlink(target)
        await link(source, target)
      })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === undefined || !CANNOT.includes(code)) throw error
      return false
    }
    this.#to.add(record, { isShared: true })
    return true
  }

  /** Whether the file there is the one that was saved, and holds what came from the source just now. */
  async isSound(
    { path, sha256, textBytes }: WindowRecord,
    digest: WindowDigest,
    signal: AbortSignal,
  ): Promise<boolean> {
    const found = new WindowDigest()
    const digester = new LineDigester(found)
    try {
      const source = join(this.#from, path)
      const file = await readWindowFile(source, (text) => digester.push(text), signal, { textBytes })
      digester.end()
      return file.sha256 === sha256 && WindowDigest.differences(found, digest).length === 0
    } catch (error) {
      throwIfCanceled(signal)
      if (isAbsent(error) || (error instanceof HoldfastError && error.code === 'restore-point-damaged'))
        return false
      throw error
    }
  }

  /** No folder on the way is a link to elsewhere. */
  async #isOurs(folder: string): Promise<boolean> {
    const known = this.#folders.get(folder)
    if (known) return await known
    const asked = this.#look(folder)
    this.#folders.set(folder, asked)
    return await asked
  }

  async #look(folder: string): Promise<boolean> {
    const parents = [dirname(folder), folder].map((path) => join(this.#from, path))
    try {
      for (const path of parents) if (!(await hasOwnDirectory(path))) return false
      return true
    } catch (error) {
      if (error instanceof HoldfastError) return false
      throw error
    }
  }
}
