import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { HoldfastError } from '@holdfast/contract'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { FORMAT_FILE, MANIFEST_FILE, type Manifest, pieceName, type TableEntry } from './manifest.ts'
import {
  appliedMigrations,
  type Client,
  copyOutSql,
  describeTables,
  qualified,
  sequenceNames,
  settleTextFormat,
  type TableShape,
} from './tables.ts'
import { archiveEnd, memberBytes } from './ustar.ts'

const PIECE_BYTES = 4 * 1024 * 1024

export interface ExportOptions {
  pool: pg.Pool
  /** Path of the file to make; an older one of that name is replaced in one step, when the new one is on the disk. */
  file: string
  schemaName?: string
}

/**
 * Writes every table of the schema as of one instant into one file (mode 0600, format: manifest.ts). Other work on the
 * database goes on meanwhile. Memory stays below a few pieces, whatever the size of the tables.
 */
export async function exportDatabase({
  pool,
  file,
  schemaName = 'public',
}: ExportOptions): Promise<Manifest> {
  // A name that nobody can guess and only this process makes: the folder may be one that others write to.
  const temporary = `${file}.partial-${randomBytes(8).toString('hex')}`
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query('begin isolation level repeatable read read only')
    await settleTextFormat(client)
    const checksum = { params: { [constants.ZSTD_c_checksumFlag]: 1 } }
    const result: { manifest?: Manifest } = {}
    await pipeline(
      archive(client, schemaName, result),
      createZstdCompress(checksum),
      fs.createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }),
    )
    await client.query('commit')
    if (!result.manifest) throw new HoldfastError('invariant-broken', 'an export ended without its manifest')
    fs.renameSync(temporary, file)
    syncDirOf(file)
    return result.manifest
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
    throw fileError(failure, file)
  } finally {
    // After a failure the connection may be in the middle of a COPY: it is not used again.
    client.release(failure)
    fs.rmSync(temporary, { force: true })
  }
}

/** Where the file cannot be written, somebody can mend that: it is no mistake of the program. */
function fileError(error: NodeJS.ErrnoException, file: string): Error {
  const code = error.code === 'EACCES' || error.code === 'EROFS' ? 'permission-denied' : 'write-failed'
  if (error.syscall === undefined) return error
  return new HoldfastError(code, `cannot write ${file}: ${error.message}`, {
    hint: 'Name a folder that exists, has room, and that the account this command runs as may write to.',
    cause: error,
  })
}

async function* archive(
  client: Client,
  schemaName: string,
  result: { manifest?: Manifest },
): AsyncGenerator<Buffer> {
  yield* memberBytes(jsonMember(FORMAT_FILE, { format: 'holdfast-database', version: 1 }))
  const tables: TableEntry[] = []
  for (const table of await describeTables(client, schemaName)) {
    tables.push(yield* tableBytes(client, schemaName, table))
  }
  const version = await client.query<{ server_version: string }>('show server_version')
  result.manifest = {
    createdAt: new Date().toISOString(),
    serverVersion: version.rows[0]?.server_version ?? '',
    migrations: await appliedMigrations(client, schemaName),
    tables,
    sequences: await sequenceStates(client, schemaName),
  }
  yield* memberBytes(jsonMember(MANIFEST_FILE, result.manifest))
  yield archiveEnd()
}

async function* tableBytes(
  client: Client,
  schemaName: string,
  table: TableShape,
): AsyncGenerator<Buffer, TableEntry> {
  const hash = createHash('sha256')
  const rows = client.query(copyTo(copyOutSql(schemaName, table)))
  let piece: Buffer[] = []
  let size = 0
  let number = 0
  const flush = function* () {
    number += 1
    yield* memberBytes({ name: pieceName(table.name, number), data: Buffer.concat(piece) })
    piece = []
    size = 0
  }
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    hash.update(chunk)
    piece.push(chunk)
    size += chunk.length
    if (size >= PIECE_BYTES) yield* flush()
  }
  if (size > 0) yield* flush()
  return { name: table.name, columns: table.columns, rowCount: rows.rowCount, sha256: hash.digest('hex') }
}

/** Read after the rows: sequences know no snapshot, and so are never behind them. */
async function sequenceStates(client: Client, schemaName: string): Promise<Manifest['sequences']> {
  const states: Manifest['sequences'] = []
  for (const name of await sequenceNames(client, schemaName)) {
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${qualified(schemaName, name)}`,
    )
    const [row] = rows
    if (row) states.push({ name, lastValue: row.last, isCalled: row.called })
  }
  return states
}

function jsonMember(name: string, value: unknown) {
  return { name, data: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) }
}

function syncDirOf(file: string): void {
  const fd = fs.openSync(path.dirname(path.resolve(file)), 'r')
  fs.fsyncSync(fd)
  fs.closeSync(fd)
}
