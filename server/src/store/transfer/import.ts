import { createHash } from 'node:crypto'
import { finished } from 'node:stream/promises'
import { isDeepStrictEqual } from 'node:util'
import { HoldfastError } from '@holdfast/contract'
import pg from 'pg'
import { type CopyStreamQuery, from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Db } from '../schema.ts'
import { emptySchema, lockAndFindRows } from './empty-schema.ts'
import type { Manifest, TableEntry } from './manifest.ts'
import { nestedDb } from './nested-db.ts'
import { type RowSink, readBackupFile } from './read-file.ts'
import {
  type Client,
  copyInSql,
  copyOutSql,
  describeTables,
  qualified,
  settleTextFormat,
  type TableShape,
} from './tables.ts'
import { invalid } from './ustar.ts'

export interface ImportOptions {
  pool: pg.Pool
  file: string
  /** Discard what is there; otherwise rows in any table are `database-not-empty`. */
  replace: boolean
  /**
   * Applies exactly these migrations, in order, to an empty schema. It must work on `db`, which is part of the one
   * transaction of the import: on any other connection it would wait for that transaction for ever.
   */
  migrateTo: (names: string[], db: Db) => Promise<void>
  schemaName?: string
  /** Changes what was loaded, in the transaction of the import: nobody ever sees the one without the other. */
  settle?: (client: Client) => Promise<void>
}

/** How long to wait for others that work on the tables. */
const LOCK_LIMIT_S = 30

/**
 * Loads a file of exportDatabase. The file is checked from end to end before the database is touched; then everything,
 * schema included, happens in one transaction: whatever goes wrong, kill -9 included, the database is as before.
 *
 * Errors: backup-file-invalid, database-not-empty, database-version (the file's schema is not known here), lock-held.
 */
export async function importDatabase(options: ImportOptions): Promise<Manifest> {
  const manifest = await readBackupFile(options.file)
  const client = await options.pool.connect()
  let failure: Error | undefined
  try {
    await client.query('begin')
    await load(client, manifest, options)
    await options.settle?.(client)
    await client.query('commit')
    return manifest
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
    throw classified(error)
  } finally {
    // Ends the connection after a failure, and the transaction with it.
    client.release(failure)
  }
}

async function load(client: Client, manifest: Manifest, options: ImportOptions): Promise<void> {
  const { schemaName = 'public' } = options
  await settleTextFormat(client)
  await client.query(`set local lock_timeout = '${LOCK_LIMIT_S}s'`)
  if ((await lockAndFindRows(client, schemaName)) && !options.replace) {
    throw new HoldfastError('database-not-empty', 'the database already holds data')
  }
  await emptySchema(client, schemaName)
  const transaction = await transactionId(client)
  const names = manifest.migrations.map(({ name }) => name)
  if (names.length > 0) await options.migrateTo(names, nestedDb(client))
  if ((await transactionId(client)) !== transaction) {
    throw new HoldfastError('invariant-broken', 'the migrations ended the transaction of the import')
  }
  const shapes = matchTables(await describeTables(client, schemaName), manifest.tables)
  await client.query('set constraints all deferred')
  await truncateAll(client, schemaName, [...shapes.values()])
  const again = await readBackupFile(options.file, copyingSink(client, schemaName, shapes))
  if (!isDeepStrictEqual(again, manifest)) throw invalid('it changed while it was read')
  await client.query('set constraints all immediate')
  for (const { name, lastValue, isCalled } of manifest.sequences) {
    const sequence = qualified(schemaName, name)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [sequence, lastValue, isCalled])
  }
  for (const entry of manifest.tables) await verifyTable(client, schemaName, entry, shapes)
}

async function transactionId(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id')
  return rows[0]?.id
}

/** The migrations must have made the tables the file was taken from, to the column. */
function matchTables(found: TableShape[], wanted: TableEntry[]): Map<string, TableShape> {
  const shapes = new Map(found.map((shape) => [shape.name, shape]))
  const different = wanted.filter(({ name, columns }) => {
    return !isDeepStrictEqual([...(shapes.get(name)?.columns ?? [])].sort(), [...columns].sort())
  })
  if (different.length === 0 && shapes.size === wanted.length) {
    return new Map(
      wanted.map(({ name, columns }) => [name, { columns, name, orderBy: shapes.get(name)?.orderBy ?? [] }]),
    )
  }
  throw new HoldfastError('database-version', 'the tables of the backup file are not those of this version', {
    details: { tables: different.map(({ name }) => name) },
  })
}

/** Migrations may have put first rows in: the file has them too. */
async function truncateAll(client: Client, schemaName: string, shapes: TableShape[]): Promise<void> {
  const tables = shapes.map(({ name }) => qualified(schemaName, name))
  if (tables.length > 0) await client.query(`truncate ${tables.join(', ')}`)
}

function copyingSink(client: Client, schemaName: string, shapes: Map<string, TableShape>): RowSink {
  let stream: CopyStreamQuery | undefined
  let done: Promise<void> = Promise.resolve()
  return {
    begin: async (table) => {
      const shape = shapes.get(table)
      if (!shape) throw invalid('it changed while it was read')
      stream = client.query(copyFrom(copyInSql(schemaName, shape)))
      done = finished(stream)
      // Whoever waits next gets the error; nobody may be waiting when it comes.
      done.catch(() => {})
    },
    write: async (rows) => {
      const written = new Promise<void>((resolve, reject) => {
        stream?.write(rows, (error) => (error ? reject(error) : resolve()))
      })
      await Promise.race([written, done])
    },
    end: async () => {
      stream?.end()
      await done
    },
  }
}

/** Reads the table back as an export would: equal checksums mean that every value arrived as it was. */
async function verifyTable(
  client: Client,
  schemaName: string,
  entry: TableEntry,
  shapes: Map<string, TableShape>,
): Promise<void> {
  const shape = shapes.get(entry.name)
  if (!shape) return
  const hash = createHash('sha256')
  const rows = client.query(copyTo(copyOutSql(schemaName, shape)))
  for await (const chunk of rows as AsyncIterable<Buffer>) hash.update(chunk)
  if (rows.rowCount === entry.rowCount && hash.digest('hex') === entry.sha256) return
  throw new HoldfastError('invariant-broken', `the rows of ${entry.name} are not the same after loading`, {
    details: { table: entry.name, expected: entry.rowCount, found: rows.rowCount },
  })
}

const LOCK_NOT_AVAILABLE = '55P03'

function classified(error: unknown): HoldfastError {
  if (error instanceof HoldfastError) return error
  if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE) {
    return new HoldfastError('lock-held', 'the database is in use', {
      hint: 'Stop the worker and start again.',
      cause: error,
    })
  }
  const reason = error instanceof Error ? error.message : String(error)
  return new HoldfastError('invariant-broken', `the backup file could not be loaded: ${reason}`, {
    cause: error,
  })
}
