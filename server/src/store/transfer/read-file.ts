import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { pipeline } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { HoldfastError } from '@holdfast/contract'
import {
  FORMAT_FILE,
  formatFile,
  MANIFEST_FILE,
  type Manifest,
  manifest,
  parsePieceName,
} from './manifest.ts'
import { invalid, type Member, readMembers } from './ustar.ts'

const NEWLINE = 0x0a

/** What is done with the rows while a file is read. Tables come one after the other, each exactly once. */
export interface RowSink {
  begin(table: string): Promise<void>
  write(rows: Buffer): Promise<void>
  end(): Promise<void>
}

const NOWHERE: RowSink = { begin: async () => {}, write: async () => {}, end: async () => {} }

/**
 * Reads a backup file from end to end and hands the rows on. Everything is checked against the manifest, which is the
 * last member: rows that were handed on count only once this returns. Error: backup-file-invalid.
 */
export async function readBackupFile(file: string, sink: RowSink = NOWHERE): Promise<Manifest> {
  const members = readMembers(decompressed(file))
  const first = await members.next()
  if (first.done || first.value.name !== FORMAT_FILE) throw invalid('it is not a backup of Holdfast')
  parse(first.value, formatFile, 'it has a format this version does not know')
  const seen = new SeenTables(sink)
  for await (const member of members) {
    if (member.name !== MANIFEST_FILE) {
      await seen.add(member)
      continue
    }
    await seen.close()
    const stated = parse(member, manifest, 'its manifest cannot be read')
    if (!(await members.next()).done) throw invalid('something follows its manifest')
    seen.compare(stated)
    return stated
  }
  throw invalid('it has no manifest')
}

class SeenTables {
  readonly #sink: RowSink
  readonly #done = new Map<string, { rowCount: number; sha256: string }>()
  #current:
    | { table: string; number: number; rowCount: number; hash: ReturnType<typeof createHash> }
    | undefined

  constructor(sink: RowSink) {
    this.#sink = sink
  }

  async add({ name, data }: Member): Promise<void> {
    const piece = parsePieceName(name)
    if (!piece) throw invalid('it has a member that does not belong there')
    if (this.#current?.table !== piece.table) {
      await this.close()
      if (this.#done.has(piece.table)) throw invalid('its pieces are out of order')
      this.#current = { table: piece.table, number: 0, rowCount: 0, hash: createHash('sha256') }
      await this.#sink.begin(piece.table)
    }
    const current = this.#current
    current.number += 1
    if (current.number !== piece.number) throw invalid('its pieces are out of order')
    current.hash.update(data)
    current.rowCount += countRows(data)
    await this.#sink.write(data)
  }

  async close(): Promise<void> {
    if (!this.#current) return
    const { table, rowCount, hash } = this.#current
    this.#done.set(table, { rowCount, sha256: hash.digest('hex') })
    this.#current = undefined
    await this.#sink.end()
  }

  compare(stated: Manifest): void {
    const empty = { rowCount: 0, sha256: createHash('sha256').digest('hex') }
    for (const { name, rowCount, sha256 } of stated.tables) {
      const seen = this.#done.get(name) ?? empty
      this.#done.delete(name)
      if (seen.rowCount !== rowCount || seen.sha256 !== sha256) {
        throw invalid(`the rows of ${name} are not what its manifest says`)
      }
    }
    if (this.#done.size > 0) throw invalid('it has rows of a table that its manifest does not name')
  }
}

/** In the text format a newline ends a row and nothing else: those in values are escaped. */
function countRows(data: Buffer): number {
  let count = 0
  for (let at = data.indexOf(NEWLINE); at >= 0; at = data.indexOf(NEWLINE, at + 1)) count += 1
  return count
}

async function* decompressed(file: string): AsyncGenerator<Buffer> {
  const unpacked = createZstdDecompress()
  // An error of either stream reaches the loop below.
  pipeline(fs.createReadStream(file), unpacked, () => {})
  try {
    for await (const chunk of unpacked) yield chunk as Buffer
  } catch (error) {
    if (error instanceof HoldfastError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('ZSTD') || code.startsWith('ERR_') || code === 'Z_BUF_ERROR') {
      throw invalid('it is damaged or was cut off', error)
    }
    throw new HoldfastError('config-unreadable', 'the backup file cannot be read', {
      details: { code },
      cause: error,
    })
  }
}

function parse<T>(
  member: Member,
  schema: { safeParse(value: unknown): { success: boolean; data?: T } },
  otherwise: string,
): T {
  let value: unknown
  try {
    value = JSON.parse(member.data.toString('utf8'))
  } catch (cause) {
    throw invalid(otherwise, cause)
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success || parsed.data === undefined) throw invalid(otherwise)
  return parsed.data
}
