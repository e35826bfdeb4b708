import path from 'node:path'

/** The PostgreSQL major version that this Holdfast runs; another one in a data directory needs an upgrade. */
export const POSTGRES_MAJOR = 18

/**
 * Everything the embedded database keeps, all below one directory:
 *
 *     start.lock      exclusive while a process looks for the server or starts it
 *     users.lock      shared by every process that uses the server; exclusive: nobody uses it
 *     keeper.lock     exclusive while the keeper lives; holds its process id
 *     server.lock     exclusive while the keeper or any process of PostgreSQL lives (they inherit the descriptor)
 *     upgrade.lock    what users.lock is, for a server that only an upgrade uses
 *     cluster-18/     the data, the major version in its name
 *     bin-18.4.0/     a copy of the programs that made it
 *     run/ log/       the socket; the server's log
 */
export interface Layout {
  readonly dir: string
  readonly startLock: string
  readonly usersLock: string
  readonly upgradeLock: string
  readonly keeperLock: string
  readonly serverLock: string
  readonly runDir: string
  readonly logDir: string
  /** Output of a server that is only just starting, before it writes to `logDir`. Truncated at each start. */
  readonly startLog: string
}

/** `dir` must exist by then and be its own real path. */
export function layoutOf(dir: string): Layout {
  const at = (name: string) => path.join(dir, name)
  return {
    dir,
    startLock: at('start.lock'),
    usersLock: at('users.lock'),
    upgradeLock: at('upgrade.lock'),
    keeperLock: at('keeper.lock'),
    serverLock: at('server.lock'),
    runDir: at('run'),
    logDir: at('log'),
    startLog: at('start.log'),
  }
}

export function clusterDirOf(dir: string, major: number): string {
  return path.join(dir, `cluster-${major}`)
}

export type EmbeddedLog = (message: string, fields: Record<string, string | number | boolean>) => void
