import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { DEBIAN_PACKAGES } from '../verify/debian-packages.ts'
import { findProgram, missingPackages } from '../verify/find-program.ts'

/** What a machine can have beyond installed packages; each check returns why it is missing, or null. */
const ABILITIES: Readonly<Record<string, () => string | null>> = {
  root: () => (process.getuid?.() === 0 ? null : 'it needs root'),
  loop: () => (canUseLoopDevices() ? null : 'loop devices cannot be made here'),
  'ext4 mount': () => kernelLacks('ext4'),
  'xfs mount': () => kernelLacks('xfs'),
  'btrfs mount': () => kernelLacks('btrfs'),
  'vfat mount': () => kernelLacks('vfat'),
  'overlay mount': () => kernelLacks('overlay'),
  'device mapper': () => (canMapDevices() ? null : 'the kernel has no device mapper'),
  'control groups': () => (canMakeControlGroups() ? null : 'control groups (v2) cannot be made here'),
}

const said = new Set<string>()

/**
 * For `describe.skipIf(requires('rsync', 'root', 'loop'))`: false when all is there, else the reason, which is printed
 * once. Names are those of DEBIAN_PACKAGES and the abilities above. In CI (`CI=true`) something missing throws, since a
 * test that never runs there proves nothing.
 */
export function requires(...needs: string[]): string | false {
  const reasons = needs.map(reasonMissing).filter((reason) => reason !== null)
  if (reasons.length === 0) return false
  const text = reasons.join(', ')
  if (process.env.CI === 'true') throw new Error(`tests cannot run: ${text}`)
  if (!said.has(text)) process.stderr.write(`skipping tests: ${text}\n`)
  said.add(text)
  return text
}

/** For a test that proves something here and more where a machine can do it: it never skips, so CI does not fail for it. */
export function isThere(ability: string): boolean {
  return reasonMissing(ability) === null
}

function reasonMissing(need: string): string | null {
  const ability = ABILITIES[need]
  if (ability) return ability()
  const debianPackage = DEBIAN_PACKAGES.find(({ name }) => name === need)
  if (!debianPackage) throw new Error(`"${need}" is neither in DEBIAN_PACKAGES nor an ability of requires()`)
  return missingPackages([debianPackage]).length > 0 ? `the Debian package ${need} is not installed` : null
}

/** What encrypted disks are opened with; in a container its control file is often missing. */
function canMapDevices(): boolean {
  return existsSync('/dev/mapper/control') && readFileSync('/proc/devices', 'utf8').includes('device-mapper')
}

/** Root in a container often has no loop devices: asking for a free one is the only way to know. */
function canUseLoopDevices(): boolean {
  try {
    accessSync('/dev/loop-control', constants.R_OK | constants.W_OK)
    execFileSync(findProgram('losetup') ?? 'losetup', ['--find'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A system that is booted beside this one needs some of its own; many containers forbid them, also to root. */
function canMakeControlGroups(): boolean {
  const group = '/mnt/holdfast-$$'
  const script = `mount -t cgroup2 cgroup2 /mnt && mkdir ${group} && rmdir ${group}`
  try {
    execFileSync('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A file system is known when it is loaded, or when its module can be. */
function kernelLacks(fileSystem: string): string | null {
  if (new RegExp(`\\b${fileSystem}$`, 'm').test(readFileSync('/proc/filesystems', 'utf8'))) return null
  try {
    execFileSync(findProgram('modprobe') ?? 'modprobe', ['--dry-run', fileSystem], { stdio: 'ignore' })
    return null
  } catch {
    return `the kernel has no ${fileSystem}`
  }
}
