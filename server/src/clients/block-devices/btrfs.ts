import { lstat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { exec } from '../../kit/exec.ts'

/** From statfs(2). */
const BTRFS_SUPER_MAGIC = 0x9123683e
/** The inode number of the top folder of every subvolume, and of nothing else on Btrfs. */
const TOP_INODE = 256

export interface BtrfsOptions {
  readonly signal?: AbortSignal | undefined
}

/** True when the path lies on Btrfs; it must exist. */
export async function isBtrfs(path: string): Promise<boolean> {
  return (await statfs(path)).type === BTRFS_SUPER_MAGIC
}

/** True when there is a subvolume (a snapshot is one) right at the path. */
export async function isSubvolume(path: string): Promise<boolean> {
  const found = await lstat(path).catch(nullIfMissing)
  if (!found?.isDirectory() || found.ino !== TOP_INODE) return false
  return await isBtrfs(path)
}

/** Throws `command-failed` when something is at the path already. Any user may do this where they may make a folder. */
export async function createSubvolume(path: string, options: BtrfsOptions = {}): Promise<void> {
  await refuseExisting(path)
  await btrfs(['subvolume', 'create', '--', path], path, options)
}

/**
 * Makes `to` a snapshot of the subvolume `from` at once, however large it is. Throws `command-failed` when something is at
 * `to` already: the program would make the snapshot inside of it. Whoever is not root needs CAP_FOWNER or must own `from`.
 */
export async function snapshot(
  from: string,
  to: string,
  options: BtrfsOptions & { readonly readOnly: boolean },
): Promise<void> {
  await refuseExisting(to)
  const kind = options.readOnly ? ['-r'] : []
  await btrfs(['subvolume', 'snapshot', ...kind, '--', from, to], to, options)
}

/** A read-only subvolume refuses every change, to root as well. Needs the owner of the subvolume, or CAP_FOWNER. */
export async function setReadOnly(
  path: string,
  isReadOnly: boolean,
  options: BtrfsOptions = {},
): Promise<void> {
  await btrfs(['property', 'set', '-t', 'subvol', path, 'ro', String(isReadOnly)], path, options)
}

export async function isReadOnly(path: string, options: BtrfsOptions = {}): Promise<boolean> {
  const said = await btrfs(['property', 'get', '-t', 'subvol', path, 'ro'], path, options)
  return said.includes('ro=true')
}

/**
 * Removes a subvolume, read-only or not, with everything in it; when this is done it does not come back after a power cut.
 * The kernel gives its room back later, in the background. One that is not there is fine. Whoever is not root needs the
 * mount option `user_subvol_rm_allowed`, which {@link mountDevice} of mount.ts sets. Throws `command-failed` for a folder
 * that is no subvolume, and when another subvolume lies in it.
 */
export async function deleteSubvolume(path: string, options: BtrfsOptions = {}): Promise<void> {
  if ((await lstat(path).catch(nullIfMissing)) === null) return
  if (!(await isSubvolume(path))) throw failed(`${path} is not a Btrfs subvolume`, path, [])
  // Only root may remove a read-only one as it is.
  if (process.geteuid?.() !== 0 && (await isReadOnly(path, options))) await setReadOnly(path, false, options)
  await btrfs(['subvolume', 'delete', '--commit-after', '--', path], path, options)
}

async function refuseExisting(path: string): Promise<void> {
  if ((await lstat(path).catch(nullIfMissing)) === null) return
  throw failed(`${path} exists already`, path, [])
}

async function btrfs(
  args: readonly string[],
  path: string,
  options: BtrfsOptions,
): Promise<readonly string[]> {
  const { exitCode, stdout, stderr } = await exec('btrfs', args, { signal: options.signal, okCodes: 'all' })
  if (exitCode === 0) return stdout
  const said = stderr.at(-1)?.replace(/^ERROR: /, '') ?? `it ended with code ${exitCode}`
  const details = { path, exitCode, output: [...stderr] }
  if (said.includes('No space left on device'))
    throw new HoldfastError('vault-full', `there is no room for a Btrfs subvolume in ${dirname(path)}`, {
      details,
    })
  throw failed(`btrfs ${args[0]} ${args[1]}: ${said}`, path, stderr, exitCode)
}

function failed(
  message: string,
  path: string,
  output: readonly string[],
  exitCode: number | null = null,
): HoldfastError {
  return new HoldfastError('command-failed', message, { details: { path, exitCode, output: [...output] } })
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
