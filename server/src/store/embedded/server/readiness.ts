import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import pg from 'pg'
import { DATABASE_USER } from '../cluster.ts'
import { SERVER_PORT } from './launch.ts'

export const DATABASE_NAME = 'holdfast'

export interface EmbeddedConnection {
  /** Directory of the Unix socket. */
  host: string
  port: number
  user: string
  database: string
}

export function connectionTo(host: string): EmbeddedConnection {
  return { host, port: SERVER_PORT, user: DATABASE_USER, database: DATABASE_NAME }
}

/** SQLSTATE of "the server is starting up, shutting down or in recovery". */
const CANNOT_CONNECT_NOW = '57P03'
const DATABASE_UNKNOWN = '3D000'
const NOT_YET = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EAGAIN', CANNOT_CONNECT_NOW])

/**
 * Version of the server of that cluster when it accepts work, undefined while it does not yet; makes the database when
 * it is new. Another cluster of the same directory may still be answering after an upgrade was killed: that is "not yet".
 */
export async function serverVersion(
  connection: EmbeddedConnection,
  clusterName: string,
): Promise<string | undefined> {
  try {
    const { version, dir } = await ask(connection, WHO)
    return path.basename(dir) === clusterName ? version : undefined
  } catch (error) {
    const code = codeOf(error)
    if (code === DATABASE_UNKNOWN) {
      await ask({ ...connection, database: 'postgres' }, `create database ${DATABASE_NAME}`)
      return undefined
    }
    if (NOT_YET.has(code) || isTimeout(error)) return undefined
    if (code === 'EACCES') {
      throw new HoldfastError('permission-denied', `no right to enter ${connection.host}`, { cause: error })
    }
    throw new HoldfastError('database-unreachable', 'the embedded database refused a connection', {
      cause: error,
    })
  }
}

const WHO = "select current_setting('server_version') as version, current_setting('data_directory') as dir"

async function ask(connection: EmbeddedConnection, sql: string): Promise<{ version: string; dir: string }> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000 })
  // A server that is just ending also breaks the connection between two queries.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; dir: string }>(sql)
    return rows[0] ?? { version: '', dir: '' }
  } finally {
    await client.end().catch(() => {})
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** pg gives its own errors no code: "timeout expired", "Connection terminated unexpectedly". */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout expired|Connection terminated/.test(error.message)
}
