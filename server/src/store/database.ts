import { HoldfastError } from '@holdfast/contract'
import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { MIGRATIONS } from './migrations/index.ts'
import type { Db, Tables } from './schema.ts'

const OID_INT8 = 20
const OID_DATE = 1082
const OID_TIMESTAMPTZ = 1184

/** Instants come out as UTC ISO strings, bigint as number (sizes and positions stay far below 2^53). */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === OID_TIMESTAMPTZ) return (text: string) => new Date(text).toISOString()
    if (oid === OID_INT8) return Number
    if (oid === OID_DATE) return (text: string) => text
    return pg.types.getTypeParser(oid, format)
  },
} as pg.CustomTypesConfig

export interface Database {
  db: Db
  pool: pg.Pool
  close(): Promise<void>
}

/** Opens a pool; nothing is sent before the first query. `onError` hears of connections that broke while idle. */
export function openDatabase(connection: pg.PoolConfig, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    max: 10,
    application_name: 'holdfast',
    connectionTimeoutMillis: 10_000,
    ...connection,
    types,
  })
  let closing = false
  // pool.end() does not wait for the sockets: a server that stops right after it breaks connections nobody needs.
  pool.on('error', (error) => {
    if (!closing) onError(error)
  })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    closing = true
    await db.destroy()
  }
  return { db, pool, close }
}

/**
 * Brings the schema up to date; an advisory lock makes it safe for several processes at once.
 * `upTo` stops at a migration, for loading a backup that an older version made.
 */
export async function migrate(db: Db, upTo?: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error, results } = upTo ? await migrator.migrateTo(upTo) : await migrator.migrateToLatest()
  if (!error) return
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown'
  const cause = error instanceof Error ? error.message : String(error)
  if (cause.includes('corrupted migrations')) {
    throw new HoldfastError('database-version', 'the database was made by a newer version of Holdfast', {
      cause: error,
    })
  }
  throw new HoldfastError('invariant-broken', `migration ${failed} failed: ${cause}`, { cause: error })
}
