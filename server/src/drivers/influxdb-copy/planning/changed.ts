import { jsonValue } from '@holdfast/contract'
import { z } from 'zod'

const counters = z.object({
  /** Points the shard has taken since the server started. */
  writes: z.number(),
  diskBytes: z.number(),
})
export type ShardCounters = z.infer<typeof counters>

export const serverState = z.object({
  /** When the server started: its counters begin anew then. */
  startedAt: z.string(),
  shards: z.record(z.string(), counters),
})
/** What a server says about the shards of one database. */
export type ServerState = z.infer<typeof serverState>

const unsettled = z.object({
  /** Of the destination: what it took shortly before it dies is lost. */
  startedAt: z.string().nullable(),
  /** Groups of shards that were written last. */
  groupIds: z.array(z.string()),
  /** Those with points that are too far in the future to be taken yet. */
  laterGroupIds: z.array(z.string()),
})
export type Unsettled = z.infer<typeof unsettled>

const databaseMemory = z.object({
  source: serverState,
  destination: serverState.nullable(),
  unsettled: unsettled.optional(),
})
export type DatabaseMemory = z.infer<typeof databaseMemory>

const memory = z.object({
  format: z.literal('influxdb-copy/1'),
  /** Of what was copied from where to where: of another job's settings nothing is remembered. */
  fingerprint: z.string(),
  databases: z.record(z.string(), databaseMemory),
  /** Databases that this job has copied to, by {@link placeOf}: nobody is asked about them again. */
  places: z.array(z.string()).default([]),
})
/** What a run remembers for the next one. Without it everything is compared. */
export type Memory = z.infer<typeof memory>

/** Null when there is none, or it is of other settings. */
export function readMemory(remembered: unknown, fingerprint: string): Memory | null {
  const { data } = memory.safeParse(remembered)
  return data?.fingerprint === fingerprint ? data : null
}

/** A database at a destination, whatever the settings of the job are. */
export function placeOf(destinationUrl: string, database: string): string {
  return JSON.stringify([destinationUrl, database])
}

/** Where earlier runs of the job have copied to, with these settings or others. */
export function readPlaces(remembered: unknown): string[] {
  return memory.safeParse(remembered).data?.places ?? []
}

export function memoryOf(facts: Omit<Memory, 'format'>) {
  return jsonValue.parse({ format: 'influxdb-copy/1', ...facts } satisfies Memory)
}

/**
 * Shards that may hold something else than at the time of `before`. The counter of writes rises with every point, late
 * ones and overwritten ones too; the size on disk changes with a deletion. Both may change without a difference. A server
 * that was started anew counts from 0, so what was written before is told by nothing: all its shards count as changed.
 */
export function changedShards(before: ServerState | undefined | null, now: ServerState): Set<string> {
  const isKnown = before?.startedAt === now.startedAt
  return new Set(
    Object.entries(now.shards).flatMap(([id, counters]) =>
      isKnown && isSame(before?.shards[id], counters) ? [] : [id],
    ),
  )
}

function isSame(before: ShardCounters | undefined, now: ShardCounters): boolean {
  return before?.diskBytes === now.diskBytes && before.writes === now.writes
}

/** Shards of a destination that somebody else may have changed, restored or made; after a restart those of another size. */
export function touchedShards(before: ServerState | null | undefined, now: ServerState): Set<string> {
  if (!before) return new Set()
  const isRestarted = before.startedAt !== now.startedAt
  return new Set(
    Object.entries(now.shards).flatMap(([id, counters]) => {
      const known = before.shards[id]
      const expected = known && isRestarted ? { ...known, writes: 0 } : known
      return isSame(expected, counters) ? [] : [id]
    }),
  )
}
