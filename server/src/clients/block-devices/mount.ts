import { realpath } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { type ErrorCode, HoldfastError, type JsonValue } from '@holdfast/contract'
import { canceledError } from '../../kit/exec.ts'
import { type Mount, mounts } from '../../kit/mounts.ts'
import { culpritsOfDevice, culpritsOfMount, isOf, namesOfCulprits } from './culprits.ts'
import { openExclusively } from './exclusive.ts'
import { MAPPING_PREFIX } from './luks.ts'
import { asRoot, isRoot, MOUNTS, wordsOf } from './machine/as-root.ts'
import { attachIdOf } from './machine/sysfs.ts'
import { listFileSystems } from './probe.ts'

export interface MountOptions {
  readonly device: string
  /** Of the file system on the device; for an unlocked container that of the file system inside. */
  readonly uuid: string
  /** An empty folder that exists; for a worker that is not root one right below {@link MOUNTS}. */
  readonly mountPoint: string
  readonly readOnly: boolean
  /** As probe.ts found it. */
  readonly fsType: string
  readonly signal?: AbortSignal | undefined
}

/** What stands on a foreign disk is data: no program on it is started, no device file on it works. */
const OPTIONS = ['nosuid', 'nodev', 'noexec', 'noatime']

/** Programs that just end, or look at every new disk, let go by themselves. */
const PATIENCE_MS = 1000
const PAUSE_MS = 100

/**
 * Mounts exactly this device and looks at the result: mount(8) ends with 0 for a write-protected disk, and with a UUID it
 * takes whichever device it finds first. Whatever throws, nothing stays mounted. Throws `disk-busy` when the device or the
 * mount point is in use, `disk-ambiguous`, `disk-read-only` when it is to be written to and cannot be, `disk-removed`,
 * `file-system-unsupported`, `disk-mount-failed` and `permission-denied`.
 */
export async function mountDevice(given: MountOptions): Promise<void> {
  const options = { ...given, mountPoint: await realPath(given.mountPoint) }
  const { device, mountPoint, signal } = options
  if ((await mountsAt(mountPoint)).length > 0)
    throw failure(options, 'disk-busy', `something is mounted at ${mountPoint} already`)
  if (!(await openExclusively(device))) {
    const culprits = await culpritsOfDevice(device)
    throw failure(options, 'disk-busy', `${device} is in use already: ${namesOfCulprits(culprits)}`, {
      culprits: culprits.map((culprit) => ({ ...culprit })),
    })
  }
  const result = await asRoot('mount', argumentsOf(options), { signal })
  if (result.exitCode !== 0) throw await mountFailed(options, wordsOf('mount', result))
  const complaint = complaintAbout(options, await mountsAt(mountPoint))
  const problem = complaint ?? (signal?.aborted ? canceledError(signal) : null)
  if (problem === null) return
  await unmount(mountPoint)
  throw problem
}

/** Exported for tests: these are what the rules for sudo allow. */
export function argumentsOf(options: MountOptions, asRootUser: boolean = isRoot()): string[] {
  const words = [
    ...(options.readOnly ? ['ro'] : []),
    ...OPTIONS,
    // Without it only root could remove a generation that is a snapshot.
    ...(options.fsType === 'btrfs' ? ['user_subvol_rm_allowed'] : []),
  ]
  const isMapping = options.device.startsWith(`/dev/mapper/${MAPPING_PREFIX}`)
  const source = asRootUser || isMapping ? options.device : `UUID=${options.uuid}`
  return ['-o', words.join(','), source, options.mountPoint]
}

function complaintAbout(options: MountOptions, found: readonly Mount[]): HoldfastError | null {
  const { device, mountPoint } = options
  const mounted = found.at(-1)
  if (!mounted) {
    const message = `mount reported success, but nothing is mounted at ${mountPoint}`
    return failure(options, 'disk-mount-failed', message)
  }
  if (!isOf(device, mounted)) {
    const message = `${mounted.source} was mounted in place of ${device}: it has the same UUID`
    return failure(options, 'disk-ambiguous', message)
  }
  if (!options.readOnly && mounted.readOnly)
    return failure(
      options,
      'disk-read-only',
      `${device} is write-protected: it could be mounted for reading only`,
    )
  return null
}

async function mountFailed(options: MountOptions, said: string): Promise<HoldfastError> {
  const { device, uuid, fsType } = options
  if (attachIdOf(device) === null)
    return failure(options, 'disk-removed', `${device} was unplugged before it could be mounted`, { said })
  if (/unknown filesystem type/.test(said))
    return failure(options, 'file-system-unsupported', `this machine cannot mount ${fsType}: ${said}`, {
      said,
    })
  if (/already mounted|mount point busy/.test(said))
    return failure(options, 'disk-busy', `${device} cannot be mounted: ${said}`, { said })
  // XFS refuses a second file system with the UUID of a mounted one, and only the kernel log says so.
  const twins = (await listFileSystems()).filter((found) => found.uuid === uuid && found.device !== device)
  if (twins.length === 0)
    return failure(options, 'disk-mount-failed', `${device} (${fsType}) cannot be mounted: ${said}`, { said })
  const others = twins.map((twin) => twin.device).join(', ')
  const message = `${device} has the same UUID as ${others} and cannot be mounted: ${said}`
  return failure(options, 'disk-ambiguous', message, { said })
}

function failure(
  options: MountOptions,
  code: ErrorCode,
  message: string,
  more: Record<string, JsonValue> = {},
): HoldfastError {
  const { device, uuid, fsType, mountPoint } = options
  return new HoldfastError(code, message, { details: { device, uuid, fsType, mountPoint, ...more } })
}

/**
 * Unmounts what is mounted at a path; nothing mounted there is fine. A disk that is in use for more than a moment stays
 * mounted and `disk-busy` names who uses it: a lazy unmount would only hide that. Where the disk itself is gone there is
 * nothing to be lost anymore, and it is let go lazily; `lazy` allows this for a disk that the caller knows to be gone.
 */
export async function unmount(path: string, options: { readonly lazy?: boolean } = {}): Promise<void> {
  const mountPoint = await realPath(path)
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const mounted = (await mountsAt(mountPoint)).at(-1)
    if (!mounted) return
    const result = await asRoot('umount', [mountPoint])
    if (result.exitCode === 0) continue
    const isGone = mounted.source.startsWith('/dev/') && attachIdOf(mounted.source) === null
    if (options.lazy || isGone) await unmountLazily(mountPoint)
    else if (performance.now() > until) throw await stillBusy(mountPoint, mounted, wordsOf('umount', result))
    else await setTimeout(PAUSE_MS)
  }
}

async function unmountLazily(mountPoint: string): Promise<void> {
  const result = await asRoot('umount', ['-l', mountPoint])
  if (result.exitCode === 0 || (await mountsAt(mountPoint)).length === 0) return
  throw new HoldfastError('disk-busy', `${mountPoint} cannot be unmounted: ${wordsOf('umount', result)}`, {
    details: { mountPoint },
  })
}

async function stillBusy(mountPoint: string, mounted: Mount, said: string): Promise<HoldfastError> {
  const culprits = await culpritsOfMount(mountPoint)
  const who = /busy/.test(said) ? namesOfCulprits(culprits) : said
  return new HoldfastError('disk-busy', `${mountPoint} cannot be unmounted: ${who}`, {
    details: {
      mountPoint,
      device: mounted.source,
      said,
      culprits: culprits.map((culprit) => ({ ...culprit })),
    },
  })
}

async function mountsAt(mountPoint: string): Promise<Mount[]> {
  return (await mounts()).filter((mount) => mount.mountPoint === mountPoint)
}

/** The list of mounts names them by paths without symlinks. */
async function realPath(path: string): Promise<string> {
  return await realpath(path).catch(() => path)
}
