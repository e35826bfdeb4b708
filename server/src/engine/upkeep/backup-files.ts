import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'

/** Files in the directory of the backups. Only what bears one of these names was made here, and is ever removed. */
const OURS = /^holdfast-db-\d{8}T\d{6}Z\.tar\.zst$/
const PARTIAL = /^\.holdfast-db-\d{8}T\d{6}Z\.[0-9a-f]{12}\.partial/
/** A partial file that old belongs to a process that died. */
const ABANDONED_MS = 86_400_000

/** Sorted by name they are sorted by time: `holdfast-db-20261120T013000Z.tar.zst`. */
export function backupName(at: Date): string {
  return `holdfast-db-${compact(at)}.tar.zst`
}

/** Unlike any other, also where workers in several containers share the directory. */
export function partialName(at: Date): string {
  return `.holdfast-db-${compact(at)}.${randomBytes(6).toString('hex')}.partial`
}

function compact(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

/** Makes a backup that appears under its name only when it is whole, has been read back and is on the disk. */
export async function keepBackup(options: {
  dir: string
  partial: string
  file: string
  backUp: (file: string) => Promise<void>
}): Promise<void> {
  const { dir, partial, file, backUp } = options
  await fs.mkdir(dir, { recursive: true, mode: 0o700 })
  try {
    await backUp(partial)
    await fs.rename(partial, file)
  } finally {
    await fs.rm(partial, { force: true })
  }
  await using handle = await fs.open(dir, 'r')
  await handle.sync()
}

/** Leaves the newest `keep` backups, and everything that was not made here. */
export async function removeOldBackups(dir: string, keep: number, now: Date): Promise<void> {
  const entries = await fs.readdir(dir, { withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  const backups = files.filter((name) => OURS.test(name)).sort()
  for (const name of backups.slice(0, -keep)) await fs.rm(path.join(dir, name), { force: true })
  for (const name of files.filter((each) => PARTIAL.test(each))) {
    const file = path.join(dir, name)
    const { mtimeMs } = await fs.stat(file)
    if (now.getTime() - mtimeMs > ABANDONED_MS) await fs.rm(file, { force: true })
  }
}
