import { readFile } from 'node:fs/promises'
import { type LiveDebian, put } from './live-debian.testkit.ts'

export interface Probed {
  readonly isDone: boolean
  /** What the script printed. */
  readonly output: string
}

/** Runs a script as the worker's unit would run a program: its user, capabilities, bounds and all. */
export async function asWorker(debian: LiveDebian, script: string): Promise<Probed> {
  const unit = await readFile(debian.path('lib/systemd/system/holdfast-worker.service'), 'utf8')
  return await probe(debian, unit, script)
}

/** Runs a script as what sudo starts for the worker: root, within the bounds of the unit. */
export async function asRootOfWorker(debian: LiveDebian, script: string): Promise<Probed> {
  const unit = await readFile(debian.path('lib/systemd/system/holdfast-worker.service'), 'utf8')
  // Directories of a unit become those of its user.
  const asRoot = unit.replace(/^(User|Group)=.*$/gm, '$1=root').replace(/^(State|Logs)Directory.*$/gm, '')
  return await probe(debian, asRoot, script)
}

async function probe(debian: LiveDebian, unit: string, script: string): Promise<Probed> {
  const once = unit
    .replace(/^ExecStart=.*$/m, 'ExecStart=/bin/sh /srv/probe')
    .replace(/^Type=.*$/m, 'Type=oneshot')
    .replace(/^Restart=.*$/m, 'Restart=no')
  await put(debian, 'run/systemd/system/probe.service', once)
  await put(debian, 'srv/probe', `exec >/srv/probed 2>&1\nset -e\n${script}\n`)
  await debian.run('systemctl', 'daemon-reload')
  const isDone = await debian.run('systemctl', 'start', 'probe').then(
    () => true,
    () => false,
  )
  return { isDone, output: await readFile(debian.path('srv/probed'), 'utf8') }
}

const DISK = '/run/holdfast/mounts/disk'
const OPTIONS = 'nosuid,nodev,noexec,noatime'

/** Words after `sudo -n`, for a shell, that must do nothing, whatever the file system of that UUID is. */
export function escapes(uuid: string, device: string): string[] {
  const mount = `/usr/bin/mount -o ${OPTIONS}`
  return [
    '/bin/sh -c id',
    '-u root /usr/bin/id',
    `/usr/bin/mount ${uuid} ${DISK}`,
    `/usr/bin/mount -o nosuid,nodev ${uuid} ${DISK}`,
    `/usr/bin/mount -o ${OPTIONS},suid ${uuid} ${DISK}`,
    `/usr/bin/mount -o ${OPTIONS},exec ${uuid} ${DISK}`,
    `/usr/bin/mount -o bind,${OPTIONS} ${uuid} ${DISK}`,
    `/usr/bin/mount -o suid,dev ${uuid} ${DISK}`,
    `/usr/bin/mount -t ext4 -o ${OPTIONS} ${uuid} ${DISK}`,
    `${mount} ${uuid} ${DISK} -o suid`,
    `${mount} ${uuid} '${DISK} -o suid'`,
    `${mount} ${uuid} "$(printf '${DISK}\\n-o suid')"`,
    `'/usr/bin/mount' '-o ${OPTIONS}' ${uuid} ${DISK}`,
    `/usr/bin/mount -o '${OPTIONS} ${uuid} ${DISK}'`,
    `${mount} '${uuid} ${DISK}'`,
    `${mount} ${device} ${DISK}`,
    `${mount} /dev/mapper/system ${DISK}`,
    `${mount} /dev/mapper/holdfast-../../${device.slice(5)} ${DISK}`,
    `${mount} LABEL=x ${DISK}`,
    `${mount} ${uuid} /run/holdfast/mounts/../../../srv/open`,
    `${mount} ${uuid} /run/holdfast/mounts/disk/../../../../etc`,
    `${mount} ${uuid} /run/holdfast/mounts/`,
    `${mount} ${uuid} /srv/open`,
    '/usr/bin/umount /',
    `/usr/bin/umount -a ${DISK}`,
    '/usr/bin/umount -l /',
    '/usr/bin/umount /run/holdfast/mounts/../../../run',
    '/usr/bin/umount -l /run/holdfast/mounts/../../../run',
    `/usr/sbin/cryptsetup open --type luks --key-file=- ${device} holdfast-x`,
    `/usr/sbin/cryptsetup open --type luks --key-file=- ${uuid} system`,
    `/usr/sbin/cryptsetup open --type luks --key-file=/etc/shadow ${uuid} holdfast-x`,
    `/usr/sbin/cryptsetup open --type plain --key-file=- ${uuid} holdfast-x`,
    `/usr/sbin/cryptsetup open --type luks --key-file=- --header /etc/shadow ${uuid} holdfast-x`,
    '/usr/sbin/cryptsetup close system',
    `/usr/sbin/cryptsetup luksFormat ${device}`,
    `/usr/sbin/cryptsetup erase ${device}`,
    `/usr/sbin/smartctl -j -H -A -s off ${device}`,
    `/usr/sbin/smartctl -t long ${device}`,
    '/usr/sbin/smartctl -j -H -A /etc/shadow',
    '/usr/sbin/smartctl -j -H -A /dev/../etc/shadow',
  ]
}
