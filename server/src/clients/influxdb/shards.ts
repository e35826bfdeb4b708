import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import { rowsOf } from './answer.ts'
import type { InfluxServer } from './connect.ts'
import { LATEST_NS, withinTime } from './statements.ts'

/** The shards of one stretch of time of a retention policy; a statement that stays inside never meets two types. */
export interface ShardGroup {
  readonly rp: string
  readonly id: string
  readonly startNs: bigint
  /** The first instant that is not in it any more. */
  readonly endNs: bigint
  /** When the server may delete it; null for never. One that has expired is there until the server gets round to it. */
  readonly expiresNs: bigint | null
  readonly shardIds: readonly string[]
}

/** Since the server was started. */
export interface ShardCounters {
  /** Points taken, also late ones and those that overwrite others. */
  readonly writes: number
  /** Rises also when something is deleted; a compaction changes it without a change of the data. */
  readonly diskBytes: number
}

interface In {
  readonly db: string
  readonly signal: AbortSignal
}

const shardRow = z.object({
  id: z.number(),
  retention_policy: z.string(),
  shard_group: z.number(),
  start_time: z.iso.datetime(),
  end_time: z.iso.datetime(),
  expiry_time: z.iso.datetime(),
})

const countersRow = z.object({ writePointsOk: z.number(), diskBytes: z.number() })

/** The shards of a database by group, in the order of their times. For administrators. Deleted ones are not shown. */
export async function shardGroups(server: InfluxServer, { db, signal }: In): Promise<ShardGroup[]> {
  const groups = new Map<string, ShardGroup & { shardIds: string[] }>()
  // A series for each database.
  for (const series of await server.query('SHOW SHARDS', { signal })) {
    if (series.name !== db) continue
    for (const row of rowsOf(server.at, series, shardRow)) {
      const id = String(row.shard_group)
      const known = groups.get(id)
      if (known) known.shardIds.push(String(row.id))
      else groups.set(id, { rp: row.retention_policy, id, ...timesOf(row), shardIds: [String(row.id)] })
    }
  }
  return [...groups.values()].sort((left, right) => Number(left.startNs - right.startNs))
}

/** Shown to the second, while the first and the last group end where time does. */
function timesOf(row: z.infer<typeof shardRow>) {
  const [startNs, endNs, expiresNs] = [nsOf(row.start_time), nsOf(row.end_time), nsOf(row.expiry_time)]
  return {
    startNs: withinTime(startNs),
    endNs: endNs >= LATEST_NS - 1_000_000_000n ? LATEST_NS + 1n : endNs,
    expiresNs: expiresNs > endNs ? expiresNs : null,
  }
}

function nsOf(time: string): bigint {
  const [seconds = '', fraction = ''] = time.replace('Z', '').split('.')
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9))
}

/** By the id of the shard. For administrators. */
export async function shardStats(
  server: InfluxServer,
  { db, signal }: In,
): Promise<Map<string, ShardCounters>> {
  const stats = new Map<string, ShardCounters>()
  for (const series of await server.query("SHOW STATS FOR 'shard'", { signal })) {
    const { database, id } = series.tags
    if (database !== db || id === undefined) continue
    for (const { writePointsOk, diskBytes } of rowsOf(server.at, series, countersRow))
      stats.set(id, { writes: writePointsOk, diskBytes })
  }
  return stats
}

/** Deletes a shard with all that is in it; one that is not there is no error. For administrators. */
export async function dropShard(
  server: InfluxServer,
  { id, signal }: { id: string; signal: AbortSignal },
): Promise<void> {
  if (!/^\d+$/.test(id)) throw new HoldfastError('invariant-broken', `"${id}" is not the id of a shard`)
  await server.query(`DROP SHARD ${id}`, { signal })
}
