import { HoldfastError } from '@holdfast/contract'
import { canceledError, type ExecResult } from '../../kit/exec.ts'
import { culpritsOfDevice, namesOfCulprits } from './culprits.ts'
import { asRoot, isRoot, wordsOf } from './machine/as-root.ts'
import { attachIdOf, isReadOnlyDevice, mappingOf, nameOf, partsOf } from './machine/sysfs.ts'

/** Every mapping of Holdfast begins with this, so that it can tell its own, and sudo too. */
export const MAPPING_PREFIX = 'holdfast-'

/** Exit codes of cryptsetup(8). */
const WRONG_PASSPHRASE = 2
const NO_SUCH_DEVICE = 4
const IN_USE = 5

export interface UnlockOptions {
  readonly device: string
  /** Of the container. */
  readonly uuid: string
  /** Letters, digits, `_` and `-`, at most 64; the mapping is called `holdfast-NAME`. */
  readonly name: string
  readonly passphrase: string
  readonly signal?: AbortSignal | undefined
}

export function mappingPath(name: string): string {
  return `/dev/mapper/${MAPPING_PREFIX}${name}`
}

/**
 * Unlocks a LUKS container and gives the path of the device inside, which fileSystemOn() of probe.ts can look into. One that
 * is unlocked under this name already is fine; what a pulled disk left behind under it is cleared away. A write-protected
 * container is unlocked for reading. Throws `disk-unlock-failed` for a wrong passphrase and whatever else prevents it,
 * `disk-busy`, `disk-ambiguous`, `disk-removed` and `permission-denied`.
 */
export async function unlock(options: UnlockOptions): Promise<string> {
  const { device, name } = options
  const path = mappingPath(name)
  const disk = nameOf(device)
  const mapping = mappingOf(MAPPING_PREFIX + name)
  if (disk !== null && mapping !== null && partsOf(mapping).includes(disk)) return path
  if (mapping !== null) await lock(name)
  const result = await asRoot('cryptsetup', argumentsOf(options), {
    signal: options.signal,
    stdin: Buffer.from(options.passphrase),
  })
  if (result.exitCode !== 0) throw await unlockFailed(options, result)
  const problem = complaintAbout(options, disk)
  if (problem === null) return path
  await lock(name)
  throw problem
}

/** Exported for tests: these are what the rules for sudo allow. The passphrase is read from the standard input. */
export function argumentsOf(options: UnlockOptions, asRootUser: boolean = isRoot()): string[] {
  const disk = nameOf(options.device)
  const readOnly = disk !== null && isReadOnlyDevice(disk) ? ['--readonly'] : []
  const source = asRootUser ? options.device : `UUID=${options.uuid}`
  return ['open', '--type', 'luks', '--key-file=-', ...readOnly, source, MAPPING_PREFIX + options.name]
}

function complaintAbout(options: UnlockOptions, disk: string | null): HoldfastError | null {
  const { device, uuid, name } = options
  const details = { device, uuid }
  const mapping = mappingOf(MAPPING_PREFIX + name)
  if (mapping === null)
    return new HoldfastError(
      'disk-unlock-failed',
      `cryptsetup reported success, but ${device} is still locked`,
      {
        details,
      },
    )
  if (disk === null || !partsOf(mapping).includes(disk))
    return new HoldfastError(
      'disk-ambiguous',
      `another disk was unlocked in place of ${device}: it has the same UUID`,
      {
        details: { ...details, parts: partsOf(mapping) },
      },
    )
  return options.signal?.aborted ? canceledError(options.signal) : null
}

async function unlockFailed(options: UnlockOptions, result: ExecResult): Promise<HoldfastError> {
  const { device, uuid } = options
  const said = wordsOf('cryptsetup', result)
  const details = { device, uuid, said }
  if (attachIdOf(device) === null)
    return new HoldfastError('disk-removed', `${device} was unplugged before it could be unlocked`, {
      details,
    })
  if (result.exitCode === WRONG_PASSPHRASE)
    return new HoldfastError(
      'disk-unlock-failed',
      `the passphrase does not open the encrypted disk ${device}`,
      {
        details,
      },
    )
  if (result.exitCode === IN_USE) {
    const culprits = namesOfCulprits(await culpritsOfDevice(device))
    return new HoldfastError('disk-busy', `${device} is in use already: ${culprits}`, { details })
  }
  const needsModule = said.includes('device-mapper')
  return new HoldfastError('disk-unlock-failed', `${device} cannot be unlocked: ${said}`, {
    details,
    ...(needsModule
      ? { hint: 'Load the kernel module: modprobe dm_crypt. In a container the host must do so.' }
      : {}),
  })
}

/**
 * Locks a container again; one that is not unlocked is fine. `disk-busy` names who uses the device inside. Where the disk is
 * gone it is locked as soon as the last one lets go of it.
 */
export async function lock(name: string): Promise<void> {
  const mapping = mappingOf(MAPPING_PREFIX + name)
  if (mapping === null) return
  const isGone = attachIdOf(mappingPath(name)) === null
  const args = ['close', ...(isGone ? ['--deferred'] : []), MAPPING_PREFIX + name]
  const result = await asRoot('cryptsetup', args)
  if (result.exitCode === 0 || result.exitCode === NO_SUCH_DEVICE) return
  const culprits = await culpritsOfDevice(mappingPath(name))
  const said = wordsOf('cryptsetup', result)
  const who = result.exitCode === IN_USE ? namesOfCulprits(culprits) : said
  throw new HoldfastError('disk-busy', `${mappingPath(name)} cannot be locked: ${who}`, {
    details: { device: mappingPath(name), said, culprits: culprits.map((culprit) => ({ ...culprit })) },
  })
}
