import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { forDatabase } from '../../../clients/influxdb/continuous-query.ts'
import {
  continuousQueries,
  createContinuousQuery,
  createDatabase,
  createRetentionPolicy,
  type RetentionPolicy,
} from '../../../clients/influxdb/schema.ts'
import type { RunContext } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import { isSelected } from '../planning/select.ts'
import type { Surveyed } from '../planning/survey.ts'
import type { PolicyContents } from '../planning/windows.ts'
import { say } from '../texts/texts.ts'

/**
 * Makes the database and the retention policies that are missing, with the same length of shards: so no shard of the
 * destination ever gets points of two source shards, whose types may differ. What is there stays as it is.
 */
export async function prepareDatabase(
  server: InfluxServer,
  { source, destination }: Pick<Surveyed, 'source' | 'destination'>,
  config: Pick<InfluxdbCopyConfig, 'retentionPolicies'>,
  signal: AbortSignal,
): Promise<void> {
  const db = source.as
  const wanted = source.policies
    .map(withShortestShards)
    .filter(({ name }) => isSelected(name, config.retentionPolicies))
  if (destination === null) {
    const first = wanted.find(({ isDefault }) => isDefault) ?? wanted[0]
    // One statement: the server would make a retention policy of its own otherwise.
    await createDatabase(server, db, { policy: first ?? null, signal })
    for (const policy of wanted) if (policy !== first) await create(server, db, policy, signal)
    return
  }
  const there = new Set(destination.policies.map(({ policy }) => policy.name))
  // The default one of a database that is there stays what it is: programs write there without naming it.
  for (const policy of wanted)
    if (!there.has(policy.name)) await create(server, db, { ...policy, isDefault: false }, signal)
}

/** Shards as long as the shortest there are: those of before its length was changed have types of their own too. */
export function withShortestShards({ policy, groups }: PolicyContents): RetentionPolicy {
  const lengths = groups.map(({ startNs, endNs }) => endNs - startNs).filter((ns) => ns % NS_PER_HOUR === 0n)
  // One that divides them all: two days and three days meet at each day.
  const shortest = lengths.reduce(greatestDivisor, policy.shardDurationNs)
  return shortest % NS_PER_HOUR === 0n && shortest > 0n && shortest < policy.shardDurationNs
    ? { ...policy, shardDurationNs: shortest, shardDuration: `${shortest / NS_PER_HOUR}h` }
    : policy
}

const NS_PER_HOUR = 3_600_000_000_000n

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b)
}

async function create(server: InfluxServer, db: string, policy: RetentionPolicy, signal: AbortSignal) {
  await createRetentionPolicy(server, { db, policy, signal })
}

/**
 * At the end of all: while data arrives they would compute from half of it. Each names databases of the destination
 * alone: those that the job copies, by the names they have there.
 */
export async function copyContinuousQueries(
  cx: RunContext,
  { source, destination }: { source: InfluxServer; destination: InfluxServer },
  names: readonly { name: string; as: string }[],
): Promise<void> {
  const { signal } = cx
  for (const { name, as } of names) {
    const there = await continuousQueries(source, { db: name, signal })
    const here = await continuousQueries(destination, { db: as, signal })
    for (const query of there) {
      const statement = renamed(query.statement, names)
      const known = here.find((one) => one.name === query.name)
      if (!known)
        await createContinuousQuery(destination, { from: as, db: as, query: { ...query, statement }, signal })
      else if (known.statement !== statement) cx.warn(say('run.queryDiffers', { name: query.name }))
    }
  }
}

/** By names that nobody has in between: one database may bear the name of another one at the destination. */
function renamed(statement: string, names: readonly { name: string; as: string }[]): string {
  const between = (index: number) => `holdfast between ${index}`
  const away = names.reduce((text, { name }, index) => forDatabase(text, name, between(index)), statement)
  return names.reduce((text, { as }, index) => forDatabase(text, between(index), as), away)
}
