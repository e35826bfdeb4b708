import { relayShard } from './relay-shard.ts'
import { NO_SIGNAL, portOf } from './snapshot.testkit.ts'

/** A program of its own, so that its memory is that of a relay only. Prints the bytes of the shard and what memory grew by. */
const [from = '', to = '', sourceShardId = '', destinationShardId = '', destinationDatabase = ''] =
  process.argv.slice(2)
const before = process.memoryUsage.rss()
const { bytes } = await relayShard({
  source: portOf({ snapshotPort: Number(from) }),
  sourceShardId: Number(sourceShardId),
  destination: portOf({ snapshotPort: Number(to) }),
  destinationShardId: Number(destinationShardId),
  destinationDatabase,
  signal: NO_SIGNAL,
})
const grownMb = Math.round(process.resourceUsage().maxRSS / 1024 - before / 1024 / 1024)
process.stdout.write(JSON.stringify({ bytes, grownMb }))
