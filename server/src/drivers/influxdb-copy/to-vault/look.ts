import { createHash } from 'node:crypto'
import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { type ContinuousQuery, continuousQueries, listDatabases } from '../../../clients/influxdb/schema.ts'
import type { Context } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import { changedShards, type ServerState } from '../planning/changed.ts'
import { chosenDatabases, readContents, readState } from '../planning/survey.ts'
import { isChosen } from '../planning/way.ts'
import { type DatabaseContents, hasOverlaps, windowsOf } from '../planning/windows.ts'
import { sourceNode } from '../servers.ts'
import { filesBefore, type Previous, pointsByDatabase, previousOf } from './previous.ts'
import { vaultOf } from './vault-of.ts'

/** What a database is at the source, and what the vault has of it. */
export interface Found {
  readonly name: string
  readonly contents: DatabaseContents
  readonly queries: readonly ContinuousQuery[]
  /** Read before everything else: what is written from then on counts as new next time. */
  readonly state: ServerState
  readonly selection: string
  readonly previous: Previous | null
  /** How many files an earlier restore point has, be it damaged or of other settings. */
  readonly filesBefore: number
  /** Groups of shards that may have changed since the restore point before; null for all. */
  readonly changedGroups: ReadonlySet<string> | null
  /** Everything is to be read, whatever was saved before. */
  readonly isFull: boolean
}

/** Reads only. */
export async function lookForVault(cx: Context<InfluxdbCopyConfig>, server: InfluxServer): Promise<Found[]> {
  const { config, id } = cx.job
  const { signal, log } = cx
  const points = await pointsByDatabase(vaultOf(cx), id, log)
  const selection = selectionOf(sourceNode(cx.job).url, config)
  const found: Found[] = []
  for (const { name } of chosenDatabases(config, await listDatabases(server, { signal }))) {
    const state = await readState(server, name, signal)
    const contents = await readContents(server, name, name, signal)
    const queries = await continuousQueries(server, { db: name, signal })
    const earlier = points.get(name) ?? []
    const previous = await previousOf(earlier, selection, log)
    const isFull = config.mode === 'full'
    const before = isFull || hasOverlaps(contents) ? null : (previous?.state ?? null)
    const changedGroups = before && groupsChanged(contents, before, state)
    const there = { name, contents, queries, state, selection }
    found.push({ ...there, previous, filesBefore: filesBefore(earlier), changedGroups, isFull })
  }
  return found
}

export function groupsChanged(
  { policies }: DatabaseContents,
  before: ServerState,
  now: ServerState,
): Set<string> {
  const changed = changedShards(before, now)
  const groups = policies.flatMap(({ groups }) => groups)
  return new Set(groups.filter(({ shardIds }) => shardIds.some((id) => changed.has(id))).map(({ id }) => id))
}

/** Of where a job reads what: what is known of one setting says nothing about another. */
function selectionOf(sourceUrl: string, config: InfluxdbCopyConfig): string {
  const { retentionPolicies, measurements, fields, tags, range, verify } = config
  const selected = { sourceUrl, retentionPolicies, measurements, fields, tags, range, verify }
  return createHash('sha256').update(JSON.stringify(selected)).digest('hex')
}

/** How many windows of a database are read. */
export function windowsToRead({ contents, changedGroups }: Found, config: InfluxdbCopyConfig): number {
  let count = 0
  for (const window of windowsOf(contents, config))
    if (isChosen({ groupIds: changedGroups }, window)) count += 1
  return count
}

/** What the shards that are read take at the source. */
export function bytesToRead({ contents, state, changedGroups }: Found): number {
  let bytes = 0
  for (const { groups } of contents.policies)
    for (const { id, shardIds } of groups)
      if (changedGroups === null || changedGroups.has(id))
        for (const shard of shardIds) bytes += state.shards[shard]?.diskBytes ?? 0
  return bytes
}
