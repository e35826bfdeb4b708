import { durationMs, HoldfastError } from '@holdfast/contract'
import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { dropShard, listDatabases, shardGroups } from '../../../clients/influxdb/schema.ts'
import { relayShard } from '../../../clients/influxdb/snapshot/relay-shard.ts'
import { SnapshotPort } from '../../../clients/influxdb/snapshot/snapshot-port.ts'
import type { RunContext } from '../../driver.ts'
import type { InfluxdbCopyConfig } from '../config.ts'
import type { Surveyed } from '../planning/survey.ts'
import { destinationNode, type InfluxNode, sourceNode } from '../servers.ts'

/** Shards on their way at once. */
const LANES = 2

function portOf({ name, snapshotAddress, timeout }: InfluxNode): SnapshotPort {
  const parts = /^\[?(.+?)\]?:(\d+)$/.exec(snapshotAddress ?? '')
  const [, host, port] = parts ?? []
  if (host === undefined || port === undefined)
    throw new HoldfastError('config-invalid', `the node "${name}" names no address for backups`)
  return SnapshotPort.connect({ host, port: Number(port), timeoutMs: durationMs(timeout) })
}

export async function isPortThere(node: InfluxNode, signal: AbortSignal): Promise<boolean> {
  return await portOf(node).isThere(signal)
}

async function shardIdsOf(server: InfluxServer, db: string, signal: AbortSignal): Promise<string[]> {
  return (await shardGroups(server, { db, signal })).flatMap(({ shardIds }) => shardIds)
}

/** Whether a port for backups is that of the server which answers over HTTP: both show the same shards of each database. */
export async function isPortOf(
  node: InfluxNode,
  server: InfluxServer,
  signal: AbortSignal,
): Promise<boolean> {
  const port = portOf(node)
  for (const db of await listDatabases(server, { signal })) {
    const paths = await port.shardPaths(db, signal)
    if (paths === null) return false
    const there = new Set(paths.map((path) => path.split('/').at(-1)))
    if ((await shardIdsOf(server, db, signal)).some((id) => !there.has(id))) return false
  }
  return true
}

export interface Relayed {
  readonly shards: number
  readonly bytes: number
  /** Shards of the source that did not come along as they are: they are left to be copied over HTTP. */
  readonly left: ReadonlySet<string>
}

/**
 * Makes the database at the destination, `server`, and fills it with whole shards. `created` is told the shards that were
 * made, before anything is in them.
 */
export async function relayDatabase(
  cx: RunContext<InfluxdbCopyConfig>,
  server: InfluxServer,
  { source: { name, as } }: Surveyed,
  created: (shardIds: string[]) => Promise<void>,
): Promise<Relayed> {
  const [source, destination] = [portOf(sourceNode(cx.job)), portOf(destinationNode(cx.job))]
  const stop = new AbortController()
  const signal = AbortSignal.any([cx.signal, stop.signal])
  const metadata = await source.readMetadata(signal)
  const shards = [...(await destination.createFrom(metadata, { from: name, to: as }, signal))]
  const made = shards.map(([, id]) => String(id))
  const shown = await shardIdsOf(server, as, signal)
  if (made.some((id) => !shown.includes(id))) {
    throw new HoldfastError(
      'config-invalid',
      `the address for backups of the destination is not of its server`,
      {
        hint: `Correct the address for backups in the node; the database "${as}" was made at the server that answers there.`,
      },
    )
  }
  await created(made)
  const left = new Set<string>()
  let movedBytes = 0
  let doneItems = 0
  let next = 0
  const relayOn = async () => {
    for (let pair = shards[next++]; pair; pair = shards[next++]) {
      const [sourceShardId, destinationShardId] = pair
      const ids = { sourceShardId, destinationShardId, destinationDatabase: as }
      const onBytes = (bytes: number) => {
        movedBytes += bytes
        cx.progress({ step: 'relay-shards', doneItems, totalItems: shards.length, movedBytes })
      }
      const done = await relayShard({ source, destination, ...ids, signal, onBytes }).catch(unlessDeletes)
      cx.log.debug('a shard was copied', { database: name, shard: sourceShardId, files: done?.files ?? null })
      // Nothing arrived, but the server may stumble over what it has begun there.
      if (done === null) await dropShard(server, { id: String(destinationShardId), signal })
      if (!done?.isIdentical) left.add(String(sourceShardId))
      doneItems += 1
    }
  }
  const lanes = Array.from({ length: LANES }, relayOn)
  try {
    await Promise.all(lanes)
  } catch (error) {
    stop.abort()
    await Promise.allSettled(lanes)
    throw error
  }
  return { shards: shards.length - left.size, bytes: movedBytes, left }
}

/** What was deleted and is not compacted yet would be there again: such a shard is left out, nothing of it has arrived. */
function unlessDeletes(error: unknown): null {
  if (error instanceof HoldfastError && error.details?.reason === 'shard-has-deletes') return null
  throw error
}
