import { type JsonValue, jsonValue } from '@holdfast/contract'
import { z } from 'zod'
import { changedShards, type ServerState, serverState } from './changed.ts'
import type { Window } from './windows.ts'

const unfinished = z.object({
  /** What the source said when the copy of the database began. */
  source: serverState,
  /** Groups that are done, by {@link setOf}. */
  done: z.record(z.string(), z.array(z.string())),
})

const made = z.object({
  shardIds: z.array(z.string()),
  /** When the destination was started: its counters tell until then alone that nobody else has written there. */
  startedAt: z.string(),
})

const checkpoint = z.object({
  format: z.literal('influxdb-copy/1'),
  fingerprint: z.string(),
  databases: z.record(z.string(), unfinished),
  relaying: z.array(made.extend({ url: z.string(), database: z.string() })).default([]),
})

/** Databases that whole shards are on their way to, whatever the settings are: what was made for them, by database. */
export type Relaying = Map<string, z.infer<typeof made>>

/** Windows of one measurement of a retention policy differ by their group alone. */
function setOf({ rp, measurement }: Pick<Window, 'rp' | 'measurement'>): string {
  return JSON.stringify([rp, measurement])
}

/** How far the copy of one database is. */
export class DatabaseProgress {
  readonly source: ServerState
  readonly #done = new Map<string, Set<string>>()

  constructor(source: ServerState, done: Readonly<Record<string, readonly string[]>> = {}) {
    this.source = source
    for (const [set, groups] of Object.entries(done)) this.#done.set(set, new Set(groups))
  }

  /** What is left of it for a source that may have been written to since: windows of changed shards are done no more. */
  continuedAt(now: ServerState, windows: Iterable<Window>): DatabaseProgress {
    const changed = changedShards(this.source, now)
    const left = new DatabaseProgress(now)
    for (const window of windows)
      if (this.has(window) && !window.shardIds.some((shard) => changed.has(shard))) left.add(window)
    return left
  }

  get size(): number {
    return [...this.#done.values()].reduce((sum, groups) => sum + groups.size, 0)
  }

  has(window: Window): boolean {
    return this.#done.get(setOf(window))?.has(window.groupId) ?? false
  }

  add(window: Window): void {
    const set = setOf(window)
    const groups = this.#done.get(set) ?? new Set()
    this.#done.set(set, groups.add(window.groupId))
  }

  toJSON(): z.infer<typeof unfinished> {
    const done = Object.fromEntries([...this.#done].map(([set, groups]) => [set, [...groups]]))
    return { source: this.source, done }
  }
}

/** What an earlier attempt of the same settings has left, by database; none when there is nothing. */
export function readCheckpoint(stored: JsonValue, fingerprint: string): Map<string, DatabaseProgress> {
  const { data } = checkpoint.safeParse(stored)
  if (data?.fingerprint !== fingerprint) return new Map()
  return new Map(
    Object.entries(data.databases).map(([name, { source, done }]) => [
      name,
      new DatabaseProgress(source, done),
    ]),
  )
}

export function readRelaying(stored: JsonValue, url: string): Relaying {
  const { data } = checkpoint.safeParse(stored)
  const ours = data?.relaying.filter((one) => one.url === url) ?? []
  return new Map(ours.map(({ database, shardIds, startedAt }) => [database, { shardIds, startedAt }]))
}

export function checkpointOf(
  fingerprint: string,
  databases: ReadonlyMap<string, DatabaseProgress>,
  { url, relaying }: { url: string; relaying: Relaying },
): JsonValue {
  return jsonValue.parse({
    format: 'influxdb-copy/1',
    fingerprint,
    databases: Object.fromEntries([...databases].map(([name, progress]) => [name, progress.toJSON()])),
    relaying: [...relaying].map(([database, what]) => ({ url, database, ...what })),
  })
}
