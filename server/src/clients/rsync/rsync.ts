import { mkdtempDisposable, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { exec } from '../../kit/exec.ts'
import { isInside } from '../../kit/mounts.ts'
import { attributesOutOfReach, mayGiveFilesAway } from '../../kit/privileges.ts'
import type { HeldDirectory } from '../disks/held-directory.ts'
import { Complaints } from './complaints.ts'
import { judge, type RsyncOutcome } from './outcome.ts'
import { OUT_FORMAT, parseToken, type RsyncItem, type RsyncProgress } from './output.ts'
import { StallWatch } from './stall-watch.ts'

/**
 * Everything a file is: hard links, ACLs, extended attributes, holes, numeric owners. Times are compared to the
 * nanosecond: by default rsync looks at whole seconds, and misses a change of the same size within the same second.
 *
 * Never --fsync: it costs nothing with large files and 2.6 times the time with many small ones, and tells no more than the
 * flush of the whole file system at the end, which whoever copies to a vault does through {@link WriteBackWatch}.
 */
const KEEP_METADATA = ['-aHAXS', '--numeric-ids', '--modify-window=-1'] as const
/** The same without ACLs and extended attributes, for a dry run that has nothing to compare them with. */
const COUNT_ONLY = ['-aHS', '--numeric-ids', '--modify-window=-1'] as const

/**
 * XFS shows each ACL a second time, as an attribute: no other file system has that, so it would differ for ever.
 * Naming one exception switches off rsync's own, which are therefore repeated: see "-X" in rsync(1). `rs` names both
 * sides, since --delete-excluded would take a rule without it for the sender's alone.
 */
function attributeFilters(): string[] {
  const skipped = ['-system.*', '-trusted.SGI_ACL_*', ...attributesOutOfReach()]
  return skipped.map((rule) => `--filter=${rule.slice(0, 1)}xrs ${rule.slice(1)}`)
}

/** rsync asks for the user id 0 before it keeps owners; a worker that is not root may have the capability for it. */
function asPrivileged(): string[] {
  return mayGiveFilesAway() && process.getuid?.() !== 0 ? ['--super'] : []
}

export interface CopyOptions {
  /**
   * Absolute path, or a directory that is held open; its content is copied, not the directory itself. A held one is
   * reached by its descriptor: somebody who puts a link at its path meanwhile leads nothing elsewhere.
   */
  readonly source: string | HeldDirectory
  readonly target: string | HeldDirectory
  /** Directory whose files are hard-linked instead of copied where nothing about them has changed. */
  readonly linkDest?: string | undefined
  readonly exclude?: readonly string[]
  readonly oneFileSystem?: boolean
  /** Removes from the target what the source has not; nothing at all when part of the source could not be read. */
  readonly mirror?: boolean
  /**
   * With `mirror`: removes even then, and empties what is a copy of a folder that could not be read. Only for a target that
   * is not the last copy of anything.
   */
  readonly deletesUnread?: boolean
  /** With `mirror`: gives up, without having removed more than so many entries. */
  readonly maxDelete?: number | undefined
  /**
   * Changes files where they are and writes only the blocks that differ. Only for a target that shares its files with
   * nothing else by hard links, within or without: those would change along.
   */
  readonly inPlace?: boolean
  /** For a dry run: says nothing of what only the target has. */
  readonly keepExtra?: boolean
  /** For a dry run against nothing: everything is new, whatever its ACLs and extended attributes are. */
  readonly countsOnly?: boolean
  /** Compares contents instead of size and time: for targets whose content cannot be trusted. */
  readonly checksum?: boolean
  /** Only these, relative to the source, as bytes; parents are made as needed. */
  readonly only?: readonly Uint8Array[] | undefined
  readonly bytesPerSecondLimit?: number | undefined
  /** Gives up when nothing has moved for so long. */
  readonly stallSeconds?: number
  readonly signal?: AbortSignal
  /** Descriptors that stay open as long as rsync lives: a lock. */
  readonly inherit?: readonly number[]
}

const STALL_SECONDS = 300

/** What rsync is told to copy from and to. */
interface Ends {
  readonly source: string
  readonly target: string
}

/** Exported for tests. */
export function copyArguments(
  options: Omit<CopyOptions, keyof Ends>,
  mode: readonly string[],
  ends: Ends,
): string[] {
  return [
    ...(options.countsOnly ? COUNT_ONLY : [...KEEP_METADATA, ...attributeFilters()]),
    ...asPrivileged(),
    ...mode,
    `--out-format=${OUT_FORMAT}`,
    // While it hashes a big file rsync says nothing and would take that for a stall.
    ...(options.checksum ? [] : [`--timeout=${options.stallSeconds ?? STALL_SECONDS}`]),
    ...(options.linkDest ? [`--link-dest=${options.linkDest}`] : []),
    ...(options.mirror ? ['--delete-delay', '--delete-excluded'] : []),
    ...(options.mirror && options.deletesUnread ? ['--ignore-errors'] : []),
    ...(options.maxDelete === undefined ? [] : [`--max-delete=${options.maxDelete}`]),
    ...(options.inPlace ? ['--inplace', '--no-whole-file'] : []),
    ...(options.oneFileSystem ? ['--one-file-system'] : []),
    ...(options.checksum ? ['--checksum'] : []),
    ...(options.bytesPerSecondLimit ? [`--bwlimit=${Math.ceil(options.bytesPerSecondLimit / 1024)}`] : []),
    ...(options.only ? ['-r', '--from0', '--files-from=-'] : []),
    ...(options.exclude ?? []).map((pattern) => `--exclude=${pattern}`),
    '--',
    `${ends.source}/`,
    `${ends.target}/`,
  ]
}

/** A line of --files-from that begins with # or ; would be a comment. */
function asListed(path: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('./'), path, Buffer.of(0)])
}

async function run(
  options: CopyOptions,
  mode: readonly string[],
  onEvent: (event: RsyncItem | RsyncProgress) => void,
): Promise<RsyncOutcome> {
  const { inherit, given, meant } = endsOf(options)
  const complaints = new Complaints((path) => nameOf(path, given, meant))
  using stall = new StallWatch(options.stallSeconds ?? STALL_SECONDS)
  const result = await exec('rsync', copyArguments(options, mode, given), {
    signal: options.signal ? AbortSignal.any([options.signal, stall.signal]) : stall.signal,
    onStart: (pid) => stall.watch(pid),
    dieWithParent: true,
    okCodes: 'all',
    inherit,
    ...(options.only ? { stdin: Buffer.concat(options.only.map(asListed)) } : {}),
    onStdout: (token) => {
      const event = parseToken(token)
      if (event) onEvent(event)
    },
    onStderr: (line) => complaints.add(line),
  })
  return judge(result, complaints, meant)
}

/** The first three descriptors are those every program has. */
const FIRST_INHERITED = 3

/** The ends as rsync is given them, with the descriptors behind them, and as people know them. */
function endsOf(options: CopyOptions): { inherit: number[]; given: Ends; meant: Ends } {
  const inherit = [...(options.inherit ?? [])]
  const give = (end: string | HeldDirectory): string => {
    if (typeof end === 'string') return end
    inherit.push(end.fd)
    return `/proc/self/fd/${FIRST_INHERITED + inherit.length - 1}`
  }
  const known = (end: string | HeldDirectory) => (typeof end === 'string' ? end : end.path)
  return {
    given: { source: give(options.source), target: give(options.target) },
    meant: { source: known(options.source), target: known(options.target) },
    inherit,
  }
}

/** The call of a copy as somebody would type it, for a log: the ends by the paths that people know. */
export function copyCommand(options: CopyOptions): string[] {
  return ['rsync', ...copyArguments(options, [], endsOf(options).meant)]
}

/** What rsync says about a held directory, by the path that it was reached at. */
function nameOf(path: string, given: Ends, meant: Ends): string {
  for (const end of ['source', 'target'] as const) {
    if (isInside(path, given[end])) return `${meant[end]}${path.slice(given[end].length)}`
  }
  return path
}

/** Copies. Items are told when they are done, progress about once a second. */
export function copyTree(
  options: CopyOptions,
  onEvent: (event: RsyncItem | RsyncProgress) => void,
): Promise<RsyncOutcome> {
  return run(options, ['--info=progress2'], onEvent)
}

/**
 * Tells what a copy would do to the target, which need not exist. Writes nothing to either. What cannot be read is part
 * of the outcome: the items say nothing about it, except that it is gone from the source.
 */
export async function dryRun(options: CopyOptions, onItem: (item: RsyncItem) => void): Promise<RsyncOutcome> {
  // Without --ignore-errors one unreadable folder would hide every deletion from whoever asks.
  const mode = ['--dry-run', ...(options.mirror || options.keepExtra ? [] : ['--delete', '--ignore-errors'])]
  const onEvent = (event: RsyncItem | RsyncProgress) => {
    if (event.type === 'item') onItem(event)
  }
  const { target } = options
  const isThere = typeof target !== 'string' || (await stat(target).catch(() => null))?.isDirectory()
  if (isThere) return run(options, mode, onEvent)
  // For a target that is not there rsync looks into its working directory, whatever lies in it.
  await using empty = await mkdtempDisposable(join(tmpdir(), 'holdfast-empty-'))
  return await run({ ...options, target: empty.path, countsOnly: true }, mode, onEvent)
}

export interface RsyncAbilities {
  readonly version: string
  readonly acls: boolean
  readonly xattrs: boolean
}

/** Version and abilities of the installed rsync. Throws `command-missing`. */
export async function rsyncAbilities(signal?: AbortSignal): Promise<RsyncAbilities> {
  const { stdout } = await exec('rsync', ['--version'], { signal })
  const version = /^rsync\s+version\s+(\S+)/.exec(stdout[0] ?? '')?.[1]
  if (version === undefined) throw new HoldfastError('command-failed', 'rsync does not tell its version')
  const text = stdout.join(' ')
  return { version, acls: /(?<!no )\bACLs\b/.test(text), xattrs: /(?<!no )\bxattrs\b/.test(text) }
}
