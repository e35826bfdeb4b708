import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import type { Db, Tables } from '../schema.ts'

const NESTED: [RegExp, string][] = [
  [/^begin\b/, 'savepoint nested_db'],
  [/^commit\b/, 'release savepoint nested_db'],
  [/^rollback$/, 'rollback to savepoint nested_db'],
]

/**
 * Kysely on a connection that is in a transaction already, so that migrations take part in it: what Kysely believes to
 * be a transaction of its own is a savepoint of the one around it. Nothing to close: the connection stays its owner's.
 */
export function nestedDb(client: pg.ClientBase): Db {
  const query = (sql: string, parameters: readonly unknown[]) => {
    const inner = NESTED.find(([pattern]) => pattern.test(sql))?.[1]
    return client.query(inner ?? sql, [...parameters])
  }
  const connection = { query, release: () => {} } as unknown as PostgresPoolClient
  const pool: PostgresPool = { connect: async () => connection, end: async () => {}, options: {} }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
