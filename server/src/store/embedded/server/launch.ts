import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { HoldfastError } from '@holdfast/contract'
import type { FileLock } from '../../../kit/flock.ts'
import { SERVER_ENVIRONMENT, seenFrom } from '../cluster.ts'
import type { Layout } from '../layout.ts'
import { type Account, makeServerDir } from './account.ts'
import { serverProcesses } from './processes.ts'
import type { Standpoint } from './standpoint.ts'

const KEEPER = fileURLToPath(new URL('./keeper.sh', import.meta.url))

/** After this long the keeper stops waiting for a clean shutdown; the next start recovers from the log instead. */
const STOP_LIMIT_S = 60

export const SERVER_PORT = 5432

export interface Launch {
  readonly layout: Layout
  readonly clusterDir: string
  readonly binDir: string
  readonly account: Account | null
  readonly standpoint: Standpoint
  /** Lock file that whoever uses this server holds. */
  readonly usersLock: string
}

/**
 * Starts the keeper, which starts the server. Both locks pass over to them: they stay held without a gap, whenever this
 * process dies. In a session of its own, so that Ctrl-C in a terminal reaches only its foreground programs.
 * Returns once the process exists; `exited` resolves if it ends.
 */
export function launchServer(launch: Launch, keeper: FileLock, server: FileLock): { exited: Promise<void> } {
  const { layout, standpoint } = launch
  makeServerDir(layout.runDir, launch.account)
  makeServerDir(layout.logDir, launch.account)
  clearTraces(launch)
  fs.ftruncateSync(keeper.fd)
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = fs.constants
  const output = fs.openSync(layout.startLog, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600)
  if (launch.account) giveToOwner(output, layout.dir)
  try {
    const keep = ['sh', KEEPER, launch.usersLock, String(STOP_LIMIT_S)]
    const command = [...standpoint.enter, ...keep, ...standpoint.drop('INT'), ...serverCommand(launch)]
    const [program = '', ...args] = command
    const child = spawn(program, args, {
      cwd: '/',
      detached: true,
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', output, output, keeper.fd, server.fd],
    })
    child.unref()
    const exited = new Promise<void>((resolve) => {
      child.once('error', () => resolve())
      child.once('exit', () => resolve())
    })
    return { exited }
  } finally {
    fs.closeSync(output)
    keeper.release()
    server.release()
  }
}

/** Root may be the first to start a server in a directory that a user owns and uses alone next time. */
function giveToOwner(fd: number, dir: string): void {
  const { uid, gid } = fs.statSync(dir)
  fs.fchownSync(fd, uid, gid)
}

/**
 * PostgreSQL believes a process id file when a process with that number exists under the same account, as may well be
 * after a reboot. We hold the server's lock, so what is there is stale, unless somebody started a server by hand.
 */
function clearTraces({ layout, clusterDir }: Launch): void {
  const [pid] = serverProcesses([clusterDir])
  if (pid !== undefined) {
    throw new HoldfastError(
      'lock-held',
      `a PostgreSQL server that Holdfast did not start uses ${clusterDir}`,
      {
        hint: 'Stop that server; its process id is in the details.',
        details: { pid },
      },
    )
  }
  const traces = [path.join(clusterDir, 'postmaster.pid')]
  for (const name of ['', '.lock']) traces.push(path.join(layout.runDir, `.s.PGSQL.${SERVER_PORT}${name}`))
  for (const trace of traces) fs.rmSync(trace, { force: true })
}

function serverCommand(launch: Launch): string[] {
  const { layout, standpoint } = launch
  const settings = { ...REACH, ...SAFETY, ...SIZE, ...LOGGING }
  return [
    seenFrom(standpoint, layout.dir, path.join(launch.binDir, 'postgres')),
    '-D',
    seenFrom(standpoint, layout.dir, launch.clusterDir),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

/**
 * Relative paths start in the cluster directory: they stay short (a socket's path ends at 107 bytes) and hold no
 * character that the setting's syntax gives a meaning. Whoever may enter the run directory is trusted.
 */
const REACH = {
  port: SERVER_PORT,
  listen_addresses: '',
  unix_socket_directories: '../run',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
}

/** On the command line, where neither a file nor ALTER SYSTEM can overrule them. */
const SAFETY = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }

const SIZE = {
  max_connections: 100,
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  min_wal_size: '64MB',
}

/** Files of limited size; how many of them stay is limited by {@link pruneServerLog}. */
export const LOG_FILE_LIMIT_BYTES = 10 * 1024 * 1024
const LOGGING = {
  logging_collector: 'on',
  log_directory: '../log',
  log_filename: 'postgresql-%Y%m%d-%H%M%S.log',
  log_file_mode: '0600',
  log_rotation_age: '1d',
  log_rotation_size: `${LOG_FILE_LIMIT_BYTES / 1024}kB`,
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%a ',
}
