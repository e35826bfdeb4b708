import fs from 'node:fs'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { type FileLock, lockFile } from '../../kit/flock.ts'
import { installBinaries, majorOf } from './binaries.ts'
import { checkClusterMajor, clusterDirs, createCluster } from './cluster.ts'
import { clusterDirOf, type EmbeddedLog, type Layout, layoutOf, POSTGRES_MAJOR } from './layout.ts'
import { serverAccount } from './server/account.ts'
import { type EnsureOptions, ensureServer } from './server/ensure.ts'
import type { Launch } from './server/launch.ts'
import { serverProcesses } from './server/processes.ts'
import { connectionTo, type EmbeddedConnection } from './server/readiness.ts'
import { standpointFor } from './server/standpoint.ts'
import { watchServer } from './watch.ts'

/** Longer than a keeper waits for a server to end. */
const USERS_WAIT_MS = 150_000

/** Longest path of a Unix socket, without the final zero byte: unix(7). */
const SOCKET_PATH_LIMIT_BYTES = 107

export interface EmbeddedOptions {
  /** Directory for everything the database keeps; made when it is missing. */
  dir: string
  log: EmbeddedLog
  /** Directory with `postgres` and `initdb` to use instead of the ones found. */
  binDir?: string
}

export interface EmbeddedPostgres {
  /** Trust authentication: being allowed into the directory of the socket is the password. */
  readonly connection: EmbeddedConnection
  readonly version: string
  /** Whether this call started the server rather than found it running. */
  readonly startedHere: boolean
  /** This process no longer needs the server. It ends when that is true of every process. */
  close(): Promise<void>
}

/**
 * The embedded PostgreSQL of a directory, shared by every process of this machine that opens it: the first one starts
 * it, and it ends after the last one, in whatever order and way they end. If the server is lost meanwhile (killed, out
 * of memory), any process that still has it open starts it again; connections break then and have to be made anew.
 *
 * Errors: database-version (a cluster of another major version), permission-denied, command-missing,
 * database-unreachable (with the end of the server's log), lock-held.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const layout = prepareDir(options.dir)
  const users = await lockFile(layout.usersLock, 'shared', USERS_WAIT_MS)
  if (!users) {
    throw new HoldfastError('lock-held', 'the embedded database is being upgraded or does not stop', {
      details: { lock: layout.usersLock },
    })
  }
  const socket = socketOf(layout)
  try {
    const major = options.binDir ? majorOf(options.binDir, layout.dir) : POSTGRES_MAJOR
    const ensure: EnsureOptions = {
      layout,
      clusterName: path.basename(clusterDirOf(layout.dir, major)),
      connection: connectionTo(socket.host),
      log: options.log,
      prepare: (serverLock) => prepareLaunch(layout, serverLock, options.binDir),
    }
    checkClusterMajor(layout.dir, major)
    const { version, startedHere } = await ensureServer(ensure)
    const watch = watchServer(ensure)
    const close = async () => {
      await watch.stop()
      socket.release()
      users.release()
    }
    return { connection: ensure.connection, version, startedHere, close }
  } catch (error) {
    socket.release()
    users.release()
    throw error
  }
}

/** Whether a server works on this directory right now; starts nothing. */
export function isRunning(dir: string): boolean {
  return fs.existsSync(dir) && serverProcesses(clusterDirs(fs.realpathSync(dir))).length > 0
}

/** Resolves when no process of a server is left in `dir`. For tests, and before its files are moved. */
export async function waitForStop(dir: string, limitMs = USERS_WAIT_MS): Promise<void> {
  const layout = layoutOf(fs.realpathSync(dir))
  const lock = await lockFile(layout.serverLock, 'shared', limitMs)
  lock?.release()
  if (!lock) {
    throw new HoldfastError('lock-held', `the embedded database in ${dir} is still in use`, {
      details: { dir },
    })
  }
}

export function prepareDir(dir: string): Layout {
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
    fs.accessSync(dir, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK)
  } catch (cause) {
    throw new HoldfastError('permission-denied', `cannot use ${dir} for the embedded database`, { cause })
  }
  return layoutOf(fs.realpathSync(dir))
}

async function prepareLaunch(
  layout: Layout,
  serverLock: FileLock,
  chosenBinDir: string | undefined,
): Promise<Launch> {
  const { dir } = layout
  const binDir = chosenBinDir ?? installBinaries(dir)
  const major = majorOf(binDir, dir)
  // Again, now that nobody else can be making one.
  checkClusterMajor(dir, major)
  const clusterDir = clusterDirOf(dir, major)
  const account = serverAccount(dir, clusterDir)
  const standpoint = standpointFor(dir, account)
  if (!fs.existsSync(clusterDir)) {
    await createCluster({ clusterDir, binDir, major, account, standpoint, serverLock })
  }
  return { layout, clusterDir, binDir, account, standpoint, usersLock: layout.usersLock }
}

/**
 * Clients find the socket in the run directory. Where its path is too long for a socket, by an open descriptor of that
 * directory, whose path is short: valid in this process, until released.
 */
export function socketOf(layout: Layout): { host: string; release(): void } {
  const longest = Buffer.byteLength(path.join(layout.runDir, '.s.PGSQL.5432'))
  if (longest <= SOCKET_PATH_LIMIT_BYTES) return { host: layout.runDir, release: () => {} }
  fs.mkdirSync(layout.runDir, { recursive: true, mode: 0o700 })
  const fd = fs.openSync(layout.runDir, 'r')
  return { host: `/proc/self/fd/${fd}`, release: () => fs.closeSync(fd) }
}
