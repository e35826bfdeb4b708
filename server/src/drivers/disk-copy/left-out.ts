import type { RsyncOutcome } from '../../clients/rsync/outcome.ts'
import type { RunContext } from '../driver.ts'
import type { BuildResult } from './proof/build.ts'
import { say } from './texts/texts.ts'

const KEEP = 100
const SHOW = 10
/** A name may have four thousand bytes: enough of it to know it by. */
const NAME_LENGTH = 300

/** What a copy lacks of its source without the job having excluded it. */
export interface LeftOut {
  /** Nothing is lacking. */
  readonly complete: boolean
  /** The first hundred. */
  readonly names: readonly string[]
  readonly count: number
  /** Those of them that are folders: nobody knows how much is below them. */
  readonly folders: readonly string[]
  readonly folderCount: number
  /** Copied, but their paths are too long to be listed: never checked. */
  readonly unlisted: readonly string[]
  readonly unlistedCount: number
}

export function shortName(name: string): string {
  if (name.length <= NAME_LENGTH) return name
  return `${name.slice(0, NAME_LENGTH / 2)}…${name.slice(-NAME_LENGTH / 2)}`
}

/** What rsync could not read of the source, and what the listing could not read of the copy. */
export function leftOutOf(
  source: string,
  outcome: RsyncOutcome,
  listed: Pick<BuildResult, 'gaps' | 'gapCount'>,
): LeftOut {
  const told = new Set(outcome.leftOut)
  // A folder that nobody may read is copied with its mode, so that its copy cannot be read either: told already.
  const gaps = listed.gaps
    .map((gap) => ({ ...gap, path: `${source}/${gap.path}` }))
    .filter((gap) => !told.has(gap.path))
  const gapCount = listed.gapCount - (listed.gaps.length - gaps.length)
  const unread = gaps.filter((gap) => gap.why === 'unreadable').map((gap) => shortName(gap.path))
  const unlisted = gaps.filter((gap) => gap.why === 'too-long').map((gap) => shortName(gap.path))
  const names = [...outcome.leftOut.map(shortName), ...unread, ...unlisted]
  const folders = [...outcome.leftOutFolders.map(shortName), ...unread]
  return {
    complete: outcome.complete && gapCount === 0,
    names: names.slice(0, KEEP),
    count: outcome.leftOutCount + gapCount,
    folders: folders.slice(0, KEEP),
    folderCount: outcome.leftOutFolderCount + unread.length,
    unlisted,
    unlistedCount: gapCount - unread.length,
  }
}

export function warnOfLeftOut(cx: RunContext, leftOut: LeftOut): void {
  if (leftOut.complete) return
  if (leftOut.folderCount > 0) {
    cx.warn(say('found.unreadable', { count: leftOut.folderCount, names: list(leftOut.folders) }))
  }
  const fileCount = leftOut.count - leftOut.folderCount - leftOut.unlistedCount
  const folders = new Set([...leftOut.folders, ...leftOut.unlisted])
  const files = leftOut.names.filter((name) => !folders.has(name))
  if (fileCount > 0) cx.warn(say('run.leftOut', { count: fileCount, names: list(files) }))
  if (leftOut.unlistedCount > 0) {
    cx.warn(say('run.unlisted', { count: leftOut.unlistedCount, names: list(leftOut.unlisted) }))
  }
  cx.log.warn('the copy lacks something of its source', { count: leftOut.count, first: [...leftOut.names] })
}

/** The first few names. */
export function list(names: readonly string[]): string {
  return names.slice(0, SHOW).join(', ')
}
