import { mkdtempDisposable, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { exec } from '../../kit/exec.ts'
import { attributesOutOfReach, mayGiveFilesAway } from '../../kit/privileges.ts'
import { Complaints } from './complaints.ts'
import { judge, type RsyncOutcome } from './outcome.ts'
import { OUT_FORMAT, parseToken, type RsyncItem, type RsyncProgress } from './output.ts'

/**
 * Everything a file is: hard links, ACLs, extended attributes, holes, numeric owners. Times are compared to the
 * nanosecond: by default rsync looks at whole seconds, and misses a change of the same size within the same second.
 */
const KEEP_METADATA = ['-aHAXS', '--numeric-ids', '--modify-window=-1'] as const

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
  /** Absolute; its content is copied, not the directory itself. */
  readonly source: string
  readonly target: string
  /** Directory whose files are hard-linked instead of copied where nothing about them has changed. */
  readonly linkDest?: string | undefined
  readonly exclude?: readonly string[]
  readonly oneFileSystem?: boolean
  /** Removes from the target what the source has not, even when part of the source could not be read. */
  readonly mirror?: boolean
  /** For a dry run: says nothing of what only the target has. */
  readonly keepExtra?: boolean
  /** Compares contents instead of size and time: for targets whose content cannot be trusted. */
  readonly checksum?: boolean
  /** Only these, relative to the source, as bytes; parents are made as needed. */
  readonly only?: readonly Uint8Array[] | undefined
  readonly bytesPerSecondLimit?: number | undefined
  /** Gives up when nothing has moved for so long; never where contents are compared. */
  readonly stallSeconds?: number
  readonly signal?: AbortSignal
  /** Descriptors that stay open as long as rsync lives: a lock. */
  readonly inherit?: readonly number[]
}

const STALL_SECONDS = 300

/** Exported for tests. */
export function copyArguments(options: CopyOptions, mode: readonly string[]): string[] {
  return [
    ...KEEP_METADATA,
    ...asPrivileged(),
    ...attributeFilters(),
    ...mode,
    `--out-format=${OUT_FORMAT}`,
    // While it hashes a big file rsync says nothing and would take that for a stall.
    ...(options.checksum ? [] : [`--timeout=${options.stallSeconds ?? STALL_SECONDS}`]),
    ...(options.linkDest ? [`--link-dest=${options.linkDest}`] : []),
    ...(options.mirror ? ['--delete', '--delete-excluded', '--ignore-errors'] : []),
    ...(options.oneFileSystem ? ['--one-file-system'] : []),
    ...(options.checksum ? ['--checksum'] : []),
    ...(options.bytesPerSecondLimit ? [`--bwlimit=${Math.ceil(options.bytesPerSecondLimit / 1024)}`] : []),
    ...(options.only ? ['-r', '--from0', '--files-from=-'] : []),
    ...(options.exclude ?? []).map((pattern) => `--exclude=${pattern}`),
    '--',
    `${options.source}/`,
    `${options.target}/`,
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
  const complaints = new Complaints()
  const result = await exec('rsync', copyArguments(options, mode), {
    signal: options.signal,
    dieWithParent: true,
    okCodes: 'all',
    ...(options.inherit ? { inherit: options.inherit } : {}),
    ...(options.only ? { stdin: Buffer.concat(options.only.map(asListed)) } : {}),
    onStdout: (token) => {
      const event = parseToken(token)
      if (event) onEvent(event)
    },
    onStderr: (line) => complaints.add(line),
  })
  return judge(result, complaints, options)
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
  if ((await stat(options.target).catch(() => null))?.isDirectory()) return run(options, mode, onEvent)
  // For a target that is not there rsync looks into its working directory, whatever lies in it.
  await using empty = await mkdtempDisposable(join(tmpdir(), 'holdfast-empty-'))
  return await run({ ...options, target: empty.path }, mode, onEvent)
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
