import { lstat, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { durationMs, durationText, HoldfastError, type JobLockFiles } from '@holdfast/contract'
import { fitsPattern } from '../../../domain/lock-files/name-pattern.ts'
import { say } from '../../../domain/phrases/engine-phrases.ts'
import type { RunContext } from '../../../drivers/driver.ts'
import { parseOwn, readLockFile } from './own-content.ts'

/** A lock file of another program. */
export interface OthersFile {
  path: string
  changedAt: Date
  ageMs: number
}

interface Looked {
  blocking: OthersFile[]
  leftovers: { file: OthersFile; remove: boolean }[]
}

/** Looks into every folder. Throws `lock-files-unreachable`: without a look nobody knows whether others are at work. */
export async function lookForOthers(entries: readonly JobLockFiles[], now: Date): Promise<Looked> {
  const found: Looked = { blocking: [], leftovers: [] }
  const owns = new Set(entries.flatMap(({ own }) => own ?? []))
  for (const entry of entries) {
    const limitMs = entry.ignoreOlderThan ? durationMs(entry.ignoreOlderThan) : Number.POSITIVE_INFINITY
    for (const file of await filesOf(entry, owns, now)) {
      if (file.ageMs > limitMs) found.leftovers.push({ file, remove: entry.removeStale })
      else found.blocking.push(file)
    }
  }
  return found
}

async function filesOf(entry: JobLockFiles, owns: Set<string>, now: Date): Promise<OthersFile[]> {
  const { directory, pattern } = entry
  try {
    const names = (await readdir(directory)).filter((name) => fitsPattern(name, pattern))
    const files: OthersFile[] = []
    for (const name of names.toSorted()) {
      const path = join(directory, name)
      if (owns.has(path)) continue
      const stats = await lstat(path).catch(unlessGone)
      if (!stats || stats.isDirectory() || (await isOfHoldfast(path))) continue
      // A clock that is ahead makes a file new, not old.
      const ageMs = Math.max(0, now.getTime() - stats.mtimeMs)
      files.push({ path, changedAt: stats.mtime, ageMs })
    }
    return files
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const message = `the folder of lock files ${directory} cannot be read (${code})`
    const details = { directory, errno: code ?? null }
    throw new HoldfastError('lock-files-unreachable', message, { details, cause })
  }
}

function unlessGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

/** The own lock file of another job in the same folder: jobs keep apart by named locks, not by these. */
async function isOfHoldfast(path: string): Promise<boolean> {
  // One that its program keeps open for itself alone cannot be read: it counts.
  const found = await readLockFile(path).catch(() => null)
  return found?.text != null && parseOwn(found.text) !== null
}

/** The engine waits and looks again, until the job has waited for as long as it may. */
export function othersAtWork(files: readonly [OthersFile, ...OthersFile[]]): HoldfastError {
  const [first, ...more] = files
  const others = more.length > 0 ? ` (and ${more.length} more)` : ''
  const message = `another program is at work: its lock file ${first.path} has been there for ${durationText(first.ageMs)}${others}`
  return new HoldfastError('lock-held', message, {
    hint: 'The run begins by itself once the other program removes its lock file. If that program is not at work, it left the file behind: remove it, and set ignoreOlderThan in lockFiles of the job to have this done.',
    details: { file: first.path, changedAt: first.changedAt.toISOString(), files: files.length },
  })
}

/** Warns of what others left behind, and removes it where the job says so. Called when the run goes on for certain. */
export async function dropLeftovers(cx: RunContext, leftovers: Looked['leftovers']): Promise<void> {
  for (const { file, remove } of leftovers) {
    const told = { file: file.path, age: file.ageMs }
    if (!remove) {
      cx.warn(say('warning.lockFileIgnored', told))
      continue
    }
    try {
      const stats = await lstat(file.path)
      // Its program has just come back to it: the next run sees what comes of it.
      if (stats.mtimeMs !== file.changedAt.getTime()) {
        cx.warn(say('warning.lockFileIgnored', told))
        continue
      }
      await unlink(file.path)
      cx.warn(say('warning.lockFileRemoved', told))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT')
        cx.warn(say('warning.lockFileStays', { file: file.path, reason: code ?? 'unknown' }))
    }
  }
}
