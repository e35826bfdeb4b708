import type pg from 'pg'
import { migrate, openDatabase } from '../../server/src/store/database.ts'
import { Queue } from '../../server/src/store/runs/queue.ts'

/** Makes all tables, those of the queue included, and leaves no connection behind. */
export async function makeSchema(connection: pg.PoolConfig): Promise<void> {
  const errors: Error[] = []
  const onError = (error: Error) => errors.push(error)
  const database = openDatabase(connection, onError)
  await migrate(database.db)
  await database.close()
  const queue = new Queue({ connection, onError, sendOnly: true })
  await queue.ready()
  await queue.stop()
  if (errors.length > 0) throw new AggregateError(errors, 'the schema was made with errors')
}
