import { HoldfastError } from '@holdfast/contract'
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { MIGRATIONS } from './migrations/index.ts'
import type { Db, Tables } from './schema.ts'

const OID_INT8 = 20
const OID_DATE = 1082
const OID_TIMESTAMPTZ = 1184

/** `2026-11-20 10:00:00.123456+00`, as PostgreSQL writes an instant for a session in UTC. */
const UTC_TEXT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/

/** By hand where it can be: a list has hundreds of instants, and Date reads this form slowly. */
function toInstant(text: string): string {
  const utc = UTC_TEXT.exec(text)
  if (!utc) return new Date(text).toISOString()
  const [, day, time, fraction = ''] = utc
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
}

/** Instants come out as UTC ISO strings, bigint as number (sizes and positions stay far below 2^53). */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === OID_TIMESTAMPTZ) return toInstant
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

export interface OpenOptions {
  /** Longest time for one statement, in milliseconds; 0 for work that may take long. */
  queryTimeoutMs?: number
}

/** A statement of ours takes milliseconds: one without an answer for this long was sent into a dead connection. */
const QUERY_TIMEOUT_MS = 60_000

/**
 * Opens a pool; nothing is sent before the first query. `onError` hears of connections that broke while idle. Through
 * `db`, a broken connection or a server that goes away is `database-unreachable`.
 */
export function openDatabase(
  connection: pg.PoolConfig,
  onError: (error: Error) => void,
  { queryTimeoutMs = QUERY_TIMEOUT_MS }: OpenOptions = {},
): Database {
  const pool = new pg.Pool({
    max: 10,
    application_name: 'holdfast',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    ...(queryTimeoutMs > 0 ? { query_timeout: queryTimeoutMs } : {}),
    ...connection,
    types,
  })
  let closing = false
  // pool.end() does not wait for the sockets: a server that stops right after it breaks connections nobody needs.
  pool.on('error', (error) => {
    if (!closing) onError(error)
  })
  // A connection that breaks between two statements of a transaction emits an error that the pool does not listen to
  // while it is lent out, which would end the process. The next statement on it fails by itself.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: classifying(pool) }) })
  const close = async () => {
    closing = true
    await db.destroy()
    // Kysely ends a pool only if it has used it; an idle connection would keep the process alive.
    if (!pool.ending) await pool.end()
  }
  return { db, pool, close }
}

/** The pool as Kysely sees it, with errors of the connection told apart from errors of a statement. */
function classifying(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect().catch(rethrow)
      return {
        query: ((...args: Parameters<typeof client.query>) => {
          const result: unknown = client.query(...args)
          return result instanceof Promise ? result.catch(rethrow) : result
        }) as PostgresPoolClient['query'],
        release: () => client.release(),
      }
    },
    end: () => pool.end(),
    options: pool.options,
  }
}

/** Classes of SQLSTATE that speak of the connection or the server, not of the statement: PostgreSQL, Appendix A. */
const CONNECTION_STATES = /^(08|57P|53)/
const CONNECTION_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Cannot use a pool after/i
const CONNECTION_ERRNOS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
  'ENOTFOUND',
])

function rethrow(error: unknown): never {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  const isAway = CONNECTION_STATES.test(code) || CONNECTION_ERRNOS.has(code) || CONNECTION_WORDS.test(message)
  if (!isAway) throw error
  throw new HoldfastError('database-unreachable', `the database went away: ${message}`, { cause: error })
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
