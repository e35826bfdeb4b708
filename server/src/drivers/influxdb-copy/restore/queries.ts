import { HoldfastError } from '@holdfast/contract'
import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { forDatabase } from '../../../clients/influxdb/continuous-query.ts'
import { continuousQueries, createContinuousQuery } from '../../../clients/influxdb/schema.ts'
import { quoteName } from '../../../clients/influxdb/statements.ts'
import type { RunContext } from '../../driver.ts'
import { say } from '../texts/texts.ts'
import type { Input, Prepared } from './prepare.ts'

/** Creates the continuous queries that are not there, for the database under its new name. */
export async function createQueries(
  cx: RunContext,
  server: InfluxServer,
  { target }: Input,
  { schema }: Prepared,
): Promise<void> {
  const { signal } = cx
  const there = await continuousQueries(server, { db: target, signal })
  for (const query of schema.continuousQueries) {
    if (!isHarmless(query.statement, { from: schema.database, to: target }))
      cx.warn(say('restore.queryLeft', { name: query.name }))
    else if (there.some(({ name }) => name === query.name))
      cx.warn(say('restore.queryKept', { name: query.name }))
    else await createQuery(server, { from: schema.database, db: target, query, signal })
  }
}

const NAME = /(?:"(?:\\.|[^"\\])*"|\w+)/.source
const INTO_DATABASE = new RegExp(`\\bINTO\\s+(${NAME})\\.(?:${NAME})?\\.`)

/**
 * Whether what stands on the disk is one statement that creates a continuous query, and writes to the restored database:
 * it is run with all the rights of the node. The server tells each query with the database that it writes to.
 */
function isHarmless(statement: string, { from, to }: { from: string; to: string }): boolean {
  if (statement.includes(';') || !/^CREATE CONTINUOUS QUERY .* END$/s.test(statement)) return false
  const into = INTO_DATABASE.exec(forDatabase(statement, from, to))?.[1]
  return into === undefined || into === to || into === quoteName(to)
}

async function createQuery(
  server: InfluxServer,
  asked: Parameters<typeof createContinuousQuery>[1],
): Promise<void> {
  try {
    await createContinuousQuery(server, asked)
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error
    const message = `all data is restored, but not the continuous query "${asked.query.name}": ${error.message}`
    throw new HoldfastError(error.code, message, { details: error.details ?? {}, cause: error })
  }
}
