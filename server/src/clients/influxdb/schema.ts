import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import { rowsOf } from './answer.ts'
import type { InfluxServer, ResultSeries } from './connect.ts'
import { durationNs, durationText } from './durations.ts'
import { measurementIn, quoteName } from './statements.ts'

export { type ContinuousQuery, continuousQueries, createContinuousQuery } from './continuous-query.ts'
export { dropShard, type ShardCounters, type ShardGroup, shardGroups, shardStats } from './shards.ts'

export interface RetentionPolicy {
  readonly name: string
  /** As statements have it, such as `90d`, or `INF`. The same duration has always the same text. */
  readonly duration: string
  /** Null keeps everything. */
  readonly durationNs: bigint | null
  readonly shardDuration: string
  readonly shardDurationNs: bigint
  readonly replication: number
  readonly isDefault: boolean
}

/** The fields of a measurement, and the types each has: several when its shards differ. */
export type FieldTypes = ReadonlyMap<string, readonly string[]>

interface In {
  readonly db: string
  readonly signal: AbortSignal
}

interface InPolicy extends In {
  readonly rp: string
}

const databaseRow = z.object({ name: z.string() })

const policyRow = z.object({
  name: z.string(),
  duration: z.string(),
  shardGroupDuration: z.string(),
  replicaN: z.number(),
  default: z.boolean(),
})

const fieldRow = z.object({ fieldKey: z.string(), fieldType: z.string() })
const tagRow = z.object({ tagKey: z.string() })
const countRow = z.object({ count: z.number() })
const systemRow = z.object({ started: z.string() })
const clockRow = z.object({ currentTime: z.iso.datetime() })

/** Those that the user may see; `_internal` is one of them. */
export async function listDatabases(
  server: InfluxServer,
  options: { signal: AbortSignal },
): Promise<string[]> {
  const answer = await server.query('SHOW DATABASES', options)
  return answer.flatMap((series) => rowsOf(server.at, series, databaseRow)).map(({ name }) => name)
}

/** Throws `database-absent`. */
export async function retentionPolicies(
  server: InfluxServer,
  { db, signal }: In,
): Promise<RetentionPolicy[]> {
  const answer = await server.query(`SHOW RETENTION POLICIES ON ${quoteName(db)}`, { signal })
  return answer
    .flatMap((series) => rowsOf(server.at, series, policyRow))
    .map(({ name, duration, shardGroupDuration, replicaN, default: isDefault }) => {
      const ns = nsOf(server, duration)
      const shardNs = nsOf(server, shardGroupDuration)
      return {
        name,
        duration: ns === 0n ? 'INF' : durationText(ns),
        durationNs: ns === 0n ? null : ns,
        shardDuration: durationText(shardNs),
        shardDurationNs: shardNs,
        replication: replicaN,
        isDefault,
      }
    })
}

function nsOf(server: InfluxServer, text: string): bigint {
  const ns = durationNs(text)
  if (ns !== null) return ns
  throw new HoldfastError('node-answer-invalid', `${server.at} has a duration that cannot be read: ${text}`)
}

/** By measurement. Without a retention policy in the statement the server would show the default one alone. */
export async function fieldKeys(
  server: InfluxServer,
  { db, rp, signal }: InPolicy,
): Promise<Map<string, FieldTypes>> {
  const statement = `SHOW FIELD KEYS ON ${quoteName(db)} FROM ${quoteName(rp)}./.*/`
  const measurements = new Map<string, Map<string, string[]>>()
  for (const series of await server.query(statement, { signal })) {
    const fields = measurements.get(series.name) ?? new Map<string, string[]>()
    measurements.set(series.name, fields)
    for (const { fieldKey, fieldType } of rowsOf(server.at, series, fieldRow))
      fields.set(fieldKey, [...(fields.get(fieldKey) ?? []), fieldType])
  }
  return measurements
}

/**
 * By measurement. The server looks at the database as a whole, whatever retention policy is named: there may be tags
 * that no series of this one has.
 */
export async function tagKeys(
  server: InfluxServer,
  { db, rp, measurement, signal }: InPolicy & { measurement?: string },
): Promise<Map<string, string[]>> {
  const from = measurement === undefined ? `${quoteName(rp)}./.*/` : measurementIn({ rp, measurement })
  const tags = new Map<string, string[]>()
  for (const series of await server.query(`SHOW TAG KEYS ON ${quoteName(db)} FROM ${from}`, { signal }))
    tags.set(series.name, [...(tags.get(series.name) ?? []), ...tagsOf(server, series)])
  return tags
}

function tagsOf(server: InfluxServer, series: ResultSeries): string[] {
  return rowsOf(server.at, series, tagRow).map(({ tagKey }) => tagKey)
}

/**
 * How many series the shards of a measurement hold, all added up: one that goes through five groups of shards counts
 * five times. The server cannot say it of one group.
 */
export async function seriesCount(
  server: InfluxServer,
  { db, rp, measurement, signal }: InPolicy & { measurement: string },
): Promise<number> {
  const from = measurementIn({ rp, measurement })
  const statement = `SHOW SERIES EXACT CARDINALITY ON ${quoteName(db)} FROM ${from}`
  const answer = await server.query(statement, { signal })
  return answer
    .flatMap((series) => rowsOf(server.at, series, countRow))
    .reduce((sum, { count }) => sum + count, 0)
}

/** When the server was started, in its own words: all its counters began anew then. For administrators. */
export async function startedAt(server: InfluxServer, { signal }: { signal: AbortSignal }): Promise<string> {
  const answer = await server.query("SHOW DIAGNOSTICS FOR 'system'", { signal })
  const [row] = answer.flatMap((series) => rowsOf(server.at, series, systemRow))
  if (row) return row.started
  throw new HoldfastError('node-answer-invalid', `${server.at} does not say when it was started`)
}

/** What time it is there. For administrators. */
export async function clockOf(server: InfluxServer, { signal }: { signal: AbortSignal }): Promise<Date> {
  const answer = await server.query("SHOW DIAGNOSTICS FOR 'system'", { signal })
  const [row] = answer.flatMap((series) => rowsOf(server.at, series, clockRow))
  if (row) return new Date(row.currentTime)
  throw new HoldfastError('node-answer-invalid', `${server.at} does not say what time it is`)
}

/** One that is there stays as it is. With `policy` as its only retention policy, else with one of the server's choice. */
export async function createDatabase(
  server: InfluxServer,
  db: string,
  { policy, signal }: { policy: RetentionPolicy | null; signal: AbortSignal },
): Promise<void> {
  const more = policy === null ? '' : ` WITH ${lengthsOf(policy)} NAME ${quoteName(policy.name)}`
  await server.query(`CREATE DATABASE ${quoteName(db)}${more}`, { signal })
}

/** With all that is in it; one that is not there is no error. For administrators. */
export async function dropDatabase(
  server: InfluxServer,
  db: string,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  await server.query(`DROP DATABASE ${quoteName(db)}`, { signal })
}

/** Throws `node-refused` when there is one of this name that is not the same. */
export async function createRetentionPolicy(
  server: InfluxServer,
  { db, policy, signal }: In & { policy: RetentionPolicy },
): Promise<void> {
  await server.query(`CREATE ${policyStatement(db, policy)}`, { signal })
}

/** Shards that are there keep their length. */
export async function alterRetentionPolicy(
  server: InfluxServer,
  { db, policy, signal }: In & { policy: RetentionPolicy },
): Promise<void> {
  await server.query(`ALTER ${policyStatement(db, policy)}`, { signal })
}

function policyStatement(db: string, policy: RetentionPolicy): string {
  const name = `RETENTION POLICY ${quoteName(policy.name)} ON ${quoteName(db)}`
  return `${name} ${lengthsOf(policy)}${policy.isDefault ? ' DEFAULT' : ''}`
}

function lengthsOf({ duration, replication, shardDuration }: RetentionPolicy): string {
  return `DURATION ${duration} REPLICATION ${replication} SHARD DURATION ${shardDuration}`
}
