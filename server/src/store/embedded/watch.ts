import fs from 'node:fs'
import { type EnsureOptions, ensureServer } from './server/ensure.ts'
import { processIdentity } from './server/processes.ts'
import { pruneServerLog } from './server/server-log.ts'

const LOOK_EVERY_MS = 1000
const PAUSE_AFTER_START_MS = 5000

/**
 * Brings a server back that was lost while this process uses it: the keeper ends when its server ends, and the server
 * when its keeper does, so that looking for the keeper is enough. Every process watches; the start lock lets one act.
 * Also keeps the server's log small.
 */
export function watchServer(ensure: EnsureOptions): { stop(): Promise<void> } {
  const { keeperLock, logDir } = ensure.layout
  let known = keeperIdentity(keeperLock)
  let stopped = false
  let working: Promise<void> = Promise.resolve()

  const look = async () => {
    try {
      pruneServerLog(logDir)
      const seen = keeperIdentity(keeperLock)
      if (seen !== undefined && seen === known) return LOOK_EVERY_MS
      const { startedHere } = await ensureServer(ensure)
      if (startedHere) ensure.log('embedded database was lost and started again', {})
      known = keeperIdentity(keeperLock)
    } catch (error) {
      ensure.log('embedded database is lost and does not start', { error: String(error) })
    }
    return PAUSE_AFTER_START_MS
  }

  let timer: NodeJS.Timeout
  const arm = (delayMs: number) => {
    timer = setTimeout(() => {
      working = look().then((nextMs) => {
        if (!stopped) arm(nextMs)
      })
    }, delayMs).unref()
  }
  arm(LOOK_EVERY_MS)
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await working
    },
  }
}

/** Names the keeper that wrote its process id into its lock file; undefined when it has ended. */
function keeperIdentity(keeperLock: string): string | undefined {
  const pid = Number(fs.readFileSync(keeperLock, 'utf8'))
  return pid > 0 ? processIdentity(pid) : undefined
}
