import { setTimeout as sleep } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { HasDeletes } from './archive/shard-archive.ts'
import { Limits } from './limits.ts'
import { passArchive, type ShardRelay } from './pass-archive.ts'
import { readBack } from './read-back.ts'
import type { SnapshotPort } from './snapshot-port.ts'

export interface RelayedShard {
  /** Bytes of the files, and their number. None for a shard without points. */
  readonly bytes: number
  readonly files: number
  /**
   * Whether the destination was seen to hold these files, byte by byte, and no others. False where it has merged files
   * since, or had some of an earlier try: then what it holds must be compared in another way.
   */
  readonly isIdentical: boolean
}

/** While a server writes out what it holds in memory, whoever else asks for that shard gets nothing. */
const PAUSES_MS = [100, 400, 1600]

/**
 * Streams a shard of one server into the shard made for it on another. At no time is more of it held than the sockets
 * buffer; the slower side sets the pace. The source writes out what it holds in memory first, so points that it acknowledged
 * before are there (InfluxDB 1.8 leaves them out while it is busy writing them); those written meanwhile are not.
 *
 * The destination says nothing, neither of success nor of failure, and ends the connection alike after both. So the shard
 * is read back from it, and each file compared by size and CRC-32.
 *
 * Throws `node-refused` with `reason` in the details `shard-has-deletes` when points of the shard were deleted and not yet
 * compacted away: InfluxDB takes no tombstones, and those points would be there again. Also `node-unreachable`,
 * `node-refused`, `node-answer-invalid`, and `copy-differs` when something else was read back. When `signal` fires both
 * connections are cut and its reason is thrown.
 *
 * After an error no points are there, but files that were begun may lie in the shard. It may be relayed again; but before
 * anything else writes into it, it must be dropped (`DROP SHARD`): a begun file keeps the server from writing its own.
 */
export async function relayShard(relay: ShardRelay): Promise<RelayedShard> {
  const { source, destination, sourceShardId, signal } = relay
  const timeoutMs = Math.max(source.timeoutMs, destination.timeoutMs)
  using limits = new Limits(
    signal,
    timeoutMs,
    `shard ${sourceShardId} from ${source.name} to ${destination.name}`,
  )
  try {
    const sent = await passWhenReady(relay, limits)
    const bytes = [...sent.values()].reduce((sum, { size }) => sum + size, 0)
    const isIdentical = sent.size === 0 || (await readBack(relay, sent, limits))
    return { bytes, files: sent.size, isIdentical }
  } catch (error) {
    limits.signal.throwIfAborted()
    throw await explained(error, relay)
  }
}

async function passWhenReady(relay: ShardRelay, limits: Limits) {
  for (const pauseMs of [...PAUSES_MS, 0]) {
    const sent = await passArchive(relay, limits)
    if (sent) return sent
    await sleep(pauseMs, undefined, { signal: limits.signal })
  }
  const message = `${relay.source.name} sends nothing for shard ${relay.sourceShardId}: it has no such shard, or cannot read it`
  throw new HoldfastError('node-refused', message)
}

async function explained(error: unknown, relay: ShardRelay): Promise<unknown> {
  const { source, destination, sourceShardId, signal } = relay
  const shard = `shard ${sourceShardId} of ${source.name}`
  if (error instanceof HasDeletes) {
    return new HoldfastError(
      'node-refused',
      `${shard} has points that were deleted: a relay would bring them back`,
      {
        hint: 'Drop the new shard on the destination, and copy this one over HTTP.',
        details: { reason: 'shard-has-deletes', shardId: sourceShardId },
      },
    )
  }
  const isBroken = error instanceof HoldfastError && error.code === 'node-unreachable'
  if (!isBroken && !(error instanceof RangeError)) return error
  const gone = await firstGone([source, destination], signal)
  if (gone)
    return new HoldfastError('node-unreachable', `${gone.name} is gone; it was about ${shard}`, {
      cause: error,
    })
  if (error instanceof RangeError) {
    return new HoldfastError('node-answer-invalid', `the archive of ${shard}: ${error.message}`, {
      cause: error,
    })
  }
  const message = `${error.message}, of ${shard}, and answers again`
  return new HoldfastError('node-refused', message, {
    hint: 'Its own log says why; a disk without space is the most frequent reason.',
    cause: error,
  })
}

async function firstGone(ports: readonly SnapshotPort[], signal: AbortSignal): Promise<SnapshotPort | null> {
  for (const port of ports) if (!(await port.isThere(signal))) return port
  return null
}
