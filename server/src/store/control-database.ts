import { type Finding, HoldfastError } from '@holdfast/contract'
import type pg from 'pg'
import type { WorkerIdentity } from '../engine/ports.ts'
import type { Logger } from '../kit/log.ts'
import { type Database, migrate, openDatabase } from './database.ts'
import { checkDurability } from './embedded/durability.ts'
import { isRunning, openEmbedded } from './embedded/embedded.ts'
import { clearQueue } from './runs/queue.ts'
import type { Db } from './schema.ts'
import { exportDatabase } from './transfer/export.ts'
import { importDatabase } from './transfer/import.ts'
import type { Manifest } from './transfer/manifest.ts'
import { readBackupFile } from './transfer/read-file.ts'
import { workerStore } from './workers.ts'

/** The database of the control plane: an external server when its address is given, else the embedded one. */
export interface ControlDatabaseOptions {
  url: string | undefined
  /** Directory of the embedded database. */
  dir: string
  binDir: string | undefined
  log: Logger
}

export interface ControlDatabase extends Database {
  connection: pg.PoolConfig
  kind: 'embedded' | 'external'
}

/** Opens it as it is, without bringing the schema up to date. Errors: those of openEmbedded. */
export async function openControlDatabase(options: ControlDatabaseOptions): Promise<ControlDatabase> {
  const { url, dir, binDir, log } = options
  const onError = (error: Error) => log.warn({ reason: error.message }, 'a connection to the database broke')
  if (url) {
    const connection = { connectionString: url }
    return { ...openDatabase(connection, onError), connection, kind: 'external' }
  }
  const onMessage = (message: string, fields: object) => log.info(fields, message)
  const embedded = await openEmbedded({ dir, log: onMessage, ...(binDir ? { binDir } : {}) })
  const connection = { ...embedded.connection }
  const database = openDatabase(connection, onError)
  const close = async () => {
    await database.close()
    await embedded.close()
  }
  return { ...database, connection, kind: 'embedded', close }
}

/** Refuses a server that can lose what it acknowledged (`database-unsafe`), then brings the schema up to date. */
export async function prepareDatabase(database: ControlDatabase): Promise<void> {
  try {
    await checkVersion(database.pool)
    await checkDurability((sql) => database.pool.query(sql))
  } catch (error) {
    if (error instanceof HoldfastError) throw error
    const message = `the ${database.kind} PostgreSQL does not answer: ${(error as Error).message}`
    throw new HoldfastError('database-unreachable', message, { cause: error })
  }
  await patiently(database, ({ db }) => migrate(db))
}

/** For work that may take long in one statement: a connection without a time limit. */
async function patiently<T>(
  { connection }: ControlDatabase,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = openDatabase(connection, () => {}, { queryTimeoutMs: 0 })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

const OLDEST_MAJOR = 15

async function checkVersion(pool: pg.Pool): Promise<void> {
  const sql = "select current_setting('server_version_num')::int as number"
  const { rows } = await pool.query<{ number: number }>(sql)
  const major = Math.floor((rows[0]?.number ?? 0) / 10_000)
  if (major >= OLDEST_MAJOR) return
  throw new HoldfastError(
    'database-version',
    `the server is PostgreSQL ${major}, Holdfast needs ${OLDEST_MAJOR} or newer`,
    {
      hint: 'Upgrade the PostgreSQL server, or unset HOLDFAST_DATABASE_URL to use the embedded one.',
    },
  )
}

/** Whether it can be asked without starting anything. */
export function isDatabaseUp({ url, dir }: ControlDatabaseOptions): boolean {
  return url !== undefined || isRunning(dir)
}

/** prepareDatabase() has refused an unsafe server already: what is left to say is which one it is. */
export async function databaseFindings({ pool, kind }: ControlDatabase): Promise<Finding[]> {
  const sql = "select current_setting('server_version') as version"
  const { rows } = await pool.query<{ version: string }>(sql)
  return [
    {
      level: 'ok',
      subject: 'database',
      message: `${kind} PostgreSQL ${rows[0]?.version}, durable settings on`,
    },
  ]
}

/** Whether it answers within two seconds. */
export async function isDatabaseReady({ pool }: ControlDatabase): Promise<boolean> {
  try {
    // `query_timeout` is a setting of the driver for one query, which its types do not know.
    await pool.query({ text: 'select 1', query_timeout: 2000 } as pg.QueryConfig)
    return true
  } catch {
    return false
  }
}

interface Summary {
  [name: string]: string | number
  createdAt: string
  tables: number
  rows: number
}

function summaryOf({ createdAt, tables }: Manifest): Summary {
  return { createdAt, tables: tables.length, rows: tables.reduce((sum, table) => sum + table.rowCount, 0) }
}

export async function backUpDatabase(database: ControlDatabase, file: string): Promise<Summary> {
  return summaryOf(await patiently(database, ({ pool }) => exportDatabase({ pool, file })))
}

/** The same, and reads the file back from end to end. Throws `backup-file-invalid` when it is not what was written. */
export async function backUpAndCheck(database: ControlDatabase, file: string): Promise<void> {
  await backUpDatabase(database, file)
  await readBackupFile(file)
}

/**
 * Loads a backup. `isGone` says whether a worker has ended: one that lives would go on with runs that the restored
 * database does not know (`lock-held`). Other errors: those of importDatabase.
 */
export async function restoreDatabase(
  database: ControlDatabase,
  options: {
    file: string
    replace: boolean
    isGone: (worker: WorkerIdentity & { silentMs: number }) => boolean
  },
): Promise<Summary> {
  const { file, replace, isGone } = options
  const { pool, db } = database
  const { rows } = await pool.query<{ found: string | null }>("select to_regclass('public.workers') as found")
  const workers = rows[0]?.found ? await workerStore(db).list() : []
  const alive = workers.find((worker) => !isGone(worker))
  if (alive) {
    throw new HoldfastError('lock-held', `a worker is running: process ${alive.pid} on ${alive.hostName}`, {
      hint: 'Stop all workers before you restore the database.',
    })
  }
  const migrateTo = (names: string[], trx: Db) => migrate(trx, names.at(-1))
  return await patiently(database, async (patient) => {
    const manifest = await importDatabase({
      pool: patient.pool,
      file,
      replace,
      migrateTo,
      settle: leaveBehind,
    })
    await clearQueue(patient.pool)
    await migrate(patient.db)
    return summaryOf(manifest)
  })
}

/**
 * What must not go on where the backup left it. A restore that was under way then has ended since, and what it wrote may
 * have been worked on: the first worker that meets it ends it as canceled. Whoever was signed in may have lost the right
 * to be. Runs of jobs go on: they plan anew. The tables are those of the backup's version, which may lack some.
 */
async function leaveBehind(client: pg.ClientBase): Promise<void> {
  await client.query(`update runs set cancel_requested_by = 'restore-db'
    where status <> 'finished' and operation in ('restore', 'plan')`)
  await client.query("delete from settings where key = 'setup-token'")
  for (const table of ['sessions', 'idempotency_keys', 'sign_in_failures']) {
    const { rows } = await client.query<{ isThere: boolean }>(
      'select to_regclass($1) is not null as "isThere"',
      [`public.${table}`],
    )
    if (rows[0]?.isThere) await client.query(`delete from ${table}`)
  }
}
