import { fileSystemUuid, HoldfastError } from '@holdfast/contract'
import { exec } from '../../kit/exec.ts'

/** A block device, by its file (/dev/sdb1) or its folder below /sys. */
export type Device = { file: string } | { sysfs: string }

/**
 * UUID of the file system or LUKS container on a device of this machine: as udev knows it, which nobody needs rights for,
 * else as it is on the device. Throws `disk-absent` when there is none that can be seen.
 */
export async function uuidOf(device: Device): Promise<string> {
  const name = 'file' in device ? device.file : device.sysfs
  const known = 'file' in device ? [`--name=${device.file}`] : [`--path=${device.sysfs}`]
  const found =
    (await propertyOf('udevadm', ['info', '--query=property', ...known], 'ID_FS_UUID')) ??
    ('file' in device ? await propertyOf('blkid', ['-p', '-o', 'export', device.file], 'UUID') : null)
  const uuid = fileSystemUuid.safeParse(found)
  if (uuid.success) return uuid.data
  throw new HoldfastError('disk-absent', `no file system with a UUID can be seen on ${name}`, {
    hint: 'Check the name with `lsblk -o NAME,UUID`, or name the disk by its UUID; reading a device may need root.',
  })
}

/** Where a program is missing, as udev is in containers, it knows nothing. */
async function propertyOf(program: string, args: readonly string[], key: string): Promise<string | null> {
  const result = await exec(program, args, { okCodes: 'all', keepLines: 500 }).catch((thrown) => {
    if (thrown instanceof HoldfastError && thrown.code === 'command-missing') return null
    throw thrown
  })
  const line = result?.exitCode === 0 && result.stdout.find((each) => each.startsWith(`${key}=`))
  return line ? line.slice(key.length + 1) : null
}
