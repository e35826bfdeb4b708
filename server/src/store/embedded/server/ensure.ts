import { setTimeout as sleep } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { type FileLock, lockFile } from '../../../kit/flock.ts'
import { clusterDirs } from '../cluster.ts'
import type { EmbeddedLog, Layout } from '../layout.ts'
import { type Launch, launchServer } from './launch.ts'
import { serverProcesses, signalAll } from './processes.ts'
import { type EmbeddedConnection, serverVersion } from './readiness.ts'
import { lastServerLines, pruneServerLog } from './server-log.ts'

/** Others may have to make the cluster or to recover it first. */
const START_LIMIT_MS = 600_000
const LEFTOVER_LIMIT_MS = 15_000

export interface EnsureOptions {
  readonly layout: Layout
  /** Last part of the path of the cluster that must answer. */
  readonly clusterName: string
  readonly connection: EmbeddedConnection
  readonly log: EmbeddedLog
  /** Makes ready what a start needs; called only while no server runs, with the lock that says so. */
  readonly prepare: (serverLock: FileLock) => Promise<Launch>
}

export interface RunningServer {
  version: string
  startedHere: boolean
}

/**
 * Finds the running server or starts it. The caller holds the lock of its users, so that no keeper may decide to stop
 * it from here on. A keeper's lock that is free means that nobody looks after a server: one that still runs lost its
 * keeper and is ending; only when the last of its processes is gone, a new one is started.
 */
export async function ensureServer(options: EnsureOptions): Promise<RunningServer> {
  const { layout } = options
  const start = await lockFile(layout.startLock, 'exclusive', START_LIMIT_MS)
  if (!start) {
    throw new HoldfastError(
      'lock-held',
      'another process has been starting the embedded database for too long',
      {
        details: { lock: layout.startLock },
      },
    )
  }
  try {
    const deadline = Date.now() + START_LIMIT_MS
    while (Date.now() < deadline) {
      const keeper = await lockFile(layout.keeperLock, 'exclusive', 0)
      if (keeper) return { version: await startServer(options, keeper, deadline), startedHere: true }
      const version = await serverVersion(options.connection, options.clusterName)
      if (version !== undefined) return { version, startedHere: false }
      await sleep(100)
    }
    throw notReady(layout, 'the embedded database does not become ready')
  } finally {
    start.release()
  }
}

async function startServer(options: EnsureOptions, keeper: FileLock, deadline: number): Promise<string> {
  const { layout, log } = options
  let server: FileLock | undefined
  let exited: Promise<void>
  try {
    server = await lockAfterLeftovers(layout, log)
    pruneServerLog(layout.logDir)
    ;({ exited } = launchServer(await options.prepare(server), keeper, server))
  } finally {
    keeper.release()
    server?.release()
  }
  let ended = false
  const end = exited.then(() => {
    ended = true
  })
  while (!ended && Date.now() < deadline) {
    const version = await serverVersion(options.connection, options.clusterName)
    if (version !== undefined) {
      log('embedded database started', { version })
      return version
    }
    await Promise.race([sleep(25), end])
  }
  throw notReady(layout, ended ? 'the embedded database ended while it started' : 'the start takes too long')
}

/** The lock that keeper and server hold; processes that a killed keeper left behind are made to end. */
async function lockAfterLeftovers(layout: Layout, log: EmbeddedLog): Promise<FileLock> {
  const free = await lockFile(layout.serverLock, 'exclusive', 0)
  if (free) return free
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    const pids = serverProcesses(clusterDirs(layout.dir))
    log('embedded database lost its keeper, waiting for its end', { processes: pids.length, signal })
    signalAll(pids, signal)
    const lock = await lockFile(layout.serverLock, 'exclusive', LEFTOVER_LIMIT_MS)
    if (lock) return lock
  }
  throw new HoldfastError('lock-held', 'processes of an earlier embedded database do not end', {
    details: { pids: serverProcesses(clusterDirs(layout.dir)) },
  })
}

function notReady(layout: Layout, message: string): HoldfastError {
  const lines = lastServerLines(layout.startLog, layout.logDir)
  return new HoldfastError('database-unreachable', message, {
    details: { log: lines, logDir: layout.logDir },
  })
}
