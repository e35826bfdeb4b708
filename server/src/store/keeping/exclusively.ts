import { sql } from 'kysely'
import type { Db } from '../schema.ts'

/** The lock belongs to a connection, so it goes with the process that holds it. */
export async function exclusively(db: Db, name: string, work: () => Promise<void>): Promise<boolean> {
  return await db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`holdfast ${name}`}, 0)`
    const lock = sql<{ got: boolean }>`select pg_try_advisory_lock(${key}) as got`
    if (!(await lock.execute(connection)).rows[0]?.got) return false
    try {
      await work()
      return true
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection)
    }
  })
}
