import fs from 'node:fs'

/**
 * Processes of PostgreSQL that work in one of these cluster directories. A server's working directory is its data
 * directory; a process id from a file left behind says nothing, as after a reboot another program may have it.
 * Compared by device and inode, which are the same seen from any mount namespace.
 */
export function serverProcesses(clusterDirs: readonly string[]): number[] {
  const clusters = new Set(clusterDirs.flatMap((dir) => identityOf(dir) ?? []))
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => clusters.has(identityOf(`/proc/${pid}/cwd`) ?? '') && isPostgres(pid))
    .map(Number)
}

function identityOf(dir: string): string | undefined {
  try {
    const { dev, ino } = fs.statSync(dir)
    return `${dev}:${ino}`
  } catch {
    return undefined
  }
}

/** Not somebody's shell in that directory. */
function isPostgres(pid: string): boolean {
  try {
    return /\/postgres( \(deleted\))?$/.test(fs.readlinkSync(`/proc/${pid}/exe`))
  } catch {
    return false
  }
}

/** Process id and start time: names one process even when its number is used again. Undefined when there is none. */
export function processIdentity(pid: number): string | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : `${pid}:${fields[19]}`
  } catch {
    return undefined
  }
}

export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended by itself meanwhile.
    }
  }
}
