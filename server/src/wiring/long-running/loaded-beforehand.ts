/**
 * What a command loads when it first needs it. A service, and whatever executes runs, imports this before it begins: hours
 * later its files may be those of a newer version.
 */
import '../../notify/deliver.ts'
import { loadPgBoss } from '../../store/runs/queue.ts'

await loadPgBoss()
