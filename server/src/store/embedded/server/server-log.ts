import fs from 'node:fs'
import path from 'node:path'

const KEPT_FILES = 10

/** Removes all but the newest files of the server's log; their names sort by time. */
export function pruneServerLog(logDir: string, kept = KEPT_FILES): void {
  const files = listLogs(logDir)
  for (const name of files.slice(0, Math.max(0, files.length - kept))) {
    fs.rmSync(path.join(logDir, name), { force: true })
  }
}

/** The end of what the server had to say: of its start, and of its newest log file. */
export function lastServerLines(startLog: string, logDir: string): string {
  const newest = listLogs(logDir).at(-1)
  const files = newest ? [startLog, path.join(logDir, newest)] : [startLog]
  return files.map(lastBytes).join('').trim()
}

function listLogs(logDir: string): string[] {
  if (!fs.existsSync(logDir)) return []
  return fs
    .readdirSync(logDir)
    .filter((name) => /^postgresql-[\d-]+\.log$/.test(name))
    .sort()
}

function lastBytes(file: string): string {
  const fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW)
  try {
    const { size } = fs.fstatSync(fd)
    const buffer = Buffer.alloc(Math.min(size, 4000))
    fs.readSync(fd, buffer, 0, buffer.length, size - buffer.length)
    return buffer.toString('utf8')
  } finally {
    fs.closeSync(fd)
  }
}
