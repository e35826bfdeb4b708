import { HoldfastError } from '@holdfast/contract'
import { type FilePrint, ShardArchive } from './archive/shard-archive.ts'
import type { Limits } from './limits.ts'
import type { ShardRelay } from './pass-archive.ts'
import { requestBytes } from './request.ts'

/**
 * Reads a shard that was just filled from the destination. True: it holds the files that were sent, byte by byte, and no
 * others; false: it has merged files, or holds more. Throws `node-refused` when it did not take them, `copy-differs` when a
 * file is another than what was sent.
 */
export async function readBack(
  { destination, destinationShardId, destinationDatabase }: ShardRelay,
  sent: ReadonlyMap<string, FilePrint>,
  limits: Limits,
): Promise<boolean> {
  const archive = new ShardArchive(destinationShardId)
  const request = requestBytes('shardBackup', { ShardID: destinationShardId })
  using connection = await destination.request(request, limits)
  const shard = `shard ${destinationShardId} of "${destinationDatabase}" on ${destination.name}`
  for await (const chunk of connection.received()) archive.push(chunk)
  if (!archive.isComplete) throw new HoldfastError('node-unreachable', `${shard} could not be read back`)
  const { files } = archive
  const other = [...sent].find(([name, print]) => files.has(name) && !isSame(print, files.get(name)))
  if (other) {
    const details = { file: other[0], shardId: destinationShardId, database: destinationDatabase }
    throw new HoldfastError('copy-differs', `${shard} holds another file ${other[0]} than was sent`, {
      details,
    })
  }
  const missing = [...sent.keys()].filter((name) => !files.has(name))
  if (missing.length > 0 && !hasMerged(files, sent)) {
    throw new HoldfastError('node-refused', `${shard} did not take ${missing.length} of ${sent.size} files`, {
      hint: 'Its own log says why; a disk without space is the most frequent reason.',
      details: { files: missing.slice(0, 10), shardId: destinationShardId },
    })
  }
  return missing.length === 0 && files.size === sent.size
}

/** Where files are merged, those merged are gone and a new one is there. */
function hasMerged(files: ReadonlyMap<string, FilePrint>, sent: ReadonlyMap<string, FilePrint>): boolean {
  return [...files.keys()].some((name) => !sent.has(name))
}

function isSame(print: FilePrint, other: FilePrint | undefined): boolean {
  return print.size === other?.size && print.crc === other.crc
}
