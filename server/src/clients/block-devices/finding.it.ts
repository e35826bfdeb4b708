import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { BareDisk } from '../../../../tools/lab/bare-disk.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { culpritsOfDevice } from './culprits.ts'
import { openExclusively } from './exclusive.ts'
import { isAttached, watchPresence } from './presence.ts'
import { attachments, fileSystemOn, listFileSystems } from './probe.ts'
import { readHealth, UNKNOWN_HEALTH } from './smart/smart.ts'
import { systemDisks } from './system-disks.ts'

const found = async (disk: BareDisk) =>
  (await listFileSystems()).filter(({ device }) => device.startsWith(disk.device))

const uuidOf = (device: string) =>
  execFileSync('blkid', ['-p', '-s', 'UUID', '-o', 'value', device], { encoding: 'utf8' }).trim()

const NEEDS = [
  'root',
  'loop',
  'e2fsprogs',
  'xfsprogs',
  'btrfs-progs',
  'dosfstools',
  'fdisk',
  'cryptsetup-bin',
]

describe.skipIf(requires(...NEEDS, 'ext4 mount', 'btrfs mount'))('finding disks', () => {
  it.each([
    ['ext4', ['-L', 'my "disk" ä'], 'my "disk" ä'],
    ['xfs', ['-L', 'red$1'], 'red$1'],
    ['btrfs', [], null],
    ['vfat', ['-n', 'CARD'], 'CARD'],
  ] as const)('sees %s right after it was made, with its label as it is', async (type, args, label) => {
    await using disk = await BareDisk.create({ type, with: args })
    const [one, ...others] = await found(disk)
    expect(others).toEqual([])
    expect(one).toMatchObject({
      device: disk.device,
      disk: disk.device,
      uuid: uuidOf(disk.device),
      type,
      label,
      readOnly: false,
      removable: false,
      serial: null,
      model: null,
    })
    expect(one?.sizeBytes).toBe((type === 'ext4' ? 32 : 320) * 2 ** 20)
    expect(await fileSystemOn(disk.device)).toEqual(one)
  })

  it('sees an encrypted container, and nothing on an empty disk or one without medium', async () => {
    await using disk = await BareDisk.create({ sizeMb: 32 })
    expect(await found(disk)).toEqual([])
    execFileSync(
      'cryptsetup',
      [
        'luksFormat',
        '-q',
        '--pbkdf-force-iterations=4',
        '--pbkdf-memory=32',
        '--pbkdf-parallel=1',
        '--pbkdf=argon2id',
        disk.device,
        '-',
      ],
      { input: 'secret' },
    )
    expect(await found(disk)).toMatchObject([{ type: 'crypto_LUKS', uuid: uuidOf(disk.device), label: null }])
    expect(await fileSystemOn('/dev/null')).toBeNull()
    expect(await fileSystemOn('/dev/holdfast-none')).toBeNull()
  })

  it('sees partitions, the disk they lie on, and not the table itself', async () => {
    await using disk = await BareDisk.create({ sizeMb: 64 })
    execFileSync('sfdisk', ['-q', disk.device], { input: 'label: gpt\nsize=30M\nsize=30M\n', stdio: 'pipe' })
    execFileSync('partx', ['--add', disk.device])
    try {
      execFileSync('mkfs.ext4', ['-q', '-F', `${disk.device}p2`])
      const before = await attachments()
      const [partition, ...others] = await found(disk)
      expect(others).toEqual([])
      expect(partition).toMatchObject({ device: `${disk.device}p2`, disk: disk.device, type: 'ext4' })
      expect(partition?.attachId).toContain(`${disk.device.slice(5)}@`)
      expect(partition && isAttached(partition)).toBe(true)
      execFileSync('partx', ['--delete', '--nr', '2', disk.device])
      expect(await attachments()).not.toEqual(before)
      expect(partition && isAttached(partition)).toBe(false)
    } finally {
      execFileSync('partx', ['--delete', disk.device])
    }
  })

  it('lists a clone and both halves of a Btrfs: the caller must know', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    await using twin = await disk.clone()
    const uuid = uuidOf(disk.device)
    const both = (await listFileSystems()).filter((one) => one.uuid === uuid)
    expect(both.map(({ device }) => device).sort()).toEqual([disk.device, twin.device].sort())
    expect(new Set(both.map(({ attachId }) => attachId)).size).toBe(2)

    await using first = await BareDisk.create()
    await using second = await BareDisk.create()
    execFileSync('mkfs.btrfs', ['-q', '-f', '-d', 'raid1', '-m', 'raid1', first.device, second.device])
    const halves = (await listFileSystems()).filter((one) => one.uuid === uuidOf(first.device))
    expect(halves.map(({ type }) => type)).toEqual(['btrfs', 'btrfs'])
    await using place = await MountPlace.create()
    execFileSync('mount', [first.device, place.path])
    expect(await systemDisks([place.path])).toEqual(
      new Set([...(await systemDisks([])), first.device, second.device]),
    )
    // Its second half is in use as well, although no list of mounts names it.
    expect(await openExclusively(second.device)).toBe(false)
    execFileSync('umount', [place.path])
  })

  it('says that a disk is write-protected', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    await disk.unplug()
    await disk.plugIn({ readOnly: true })
    expect(await found(disk)).toMatchObject([{ readOnly: true }])
    expect(await openExclusively(disk.device)).toBe(true)
  })

  it('knows each attach, cheaply', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    const name = disk.device.slice(5)
    const before = await attachments()
    expect([...before.keys()].filter((key) => /^(ram|zram|sr)/.test(key))).toEqual([])
    const [first] = await found(disk)
    await disk.unplug()
    expect((await attachments()).has(name)).toBe(false)
    expect(first && isAttached(first)).toBe(false)
    await disk.plugIn()
    const [second] = await found(disk)
    expect(second).toMatchObject({ device: first?.device, uuid: first?.uuid })
    expect(second?.attachId).not.toBe(first?.attachId)
    expect((await attachments()).get(name)).not.toBe(before.get(name))
    expect(first && isAttached(first)).toBe(false)
    expect(second && isAttached(second)).toBe(true)
    const durations: number[] = []
    for (let times = 0; times < 50; times += 1) {
      const startedAt = performance.now()
      await attachments()
      durations.push(performance.now() - startedAt)
    }
    expect(Math.min(...durations)).toBeLessThan(5)
  })

  it('notices within a second that a disk in use was pulled, once, and not after it was told to stop', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    const [one] = await found(disk)
    if (!one) throw new Error('the disk was not found')
    let calls = 0
    let silentCalls = 0
    const noticed = Promise.withResolvers<void>()
    using _watch = watchPresence(one, () => {
      calls += 1
      noticed.resolve()
    })
    const silent = watchPresence(one, () => (silentCalls += 1), { everyMs: 50 })
    await setTimeout(700)
    expect(calls).toBe(0)
    silent[Symbol.dispose]()
    await using place = await MountPlace.create()
    execFileSync('mount', [disk.device, place.path])
    const pulledAt = performance.now()
    await disk.pull()
    await noticed.promise
    expect(performance.now() - pulledAt).toBeLessThan(10_000)
    await setTimeout(700)
    expect({ calls, silentCalls }).toEqual({ calls: 1, silentCalls: 0 })
    expect(isAttached(one)).toBe(false)
    expect(await found(disk)).toEqual([])
    execFileSync('umount', ['-l', place.path])
  })

  it('tells a disk that is free from one that is used, in this mount namespace or in another one', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    await using place = await MountPlace.create()
    expect(await openExclusively(disk.device)).toBe(true)
    execFileSync('mount', [disk.device, place.path])
    expect(await openExclusively(disk.device)).toBe(false)
    expect(await culpritsOfDevice(disk.device)).toEqual([{ pid: null, name: 'a mount', holds: place.path }])
    execFileSync('umount', [place.path])
    expect(await openExclusively(disk.device)).toBe(true)

    const script = `mount ${disk.device} ${place.path} && echo mounted && exec sleep 60`
    const stranger = spawn('unshare', ['-m', '--propagation', 'private', 'sh', '-c', script])
    await once(stranger.stdout, 'data')
    expect(execFileSync('cat', ['/proc/self/mounts'], { encoding: 'utf8' })).not.toContain(place.path)
    expect(await openExclusively(disk.device)).toBe(false)
    expect(await culpritsOfDevice(disk.device)).toMatchObject([
      { pid: stranger.pid, name: 'sleep', holds: expect.stringContaining(place.path) },
    ])
    stranger.kill('SIGKILL')
    await once(stranger, 'close')
    await expect.poll(() => openExclusively(disk.device)).toBe(true)

    await expect(openExclusively('/dev/holdfast-none')).rejects.toMatchObject({ code: 'disk-removed' })
  })

  it('finds the disks under the system and under any path, also one that is not there yet', async () => {
    await using disk = await BareDisk.create({ type: 'ext4', sizeMb: 64 })
    await using place = await MountPlace.create()
    const without = await systemDisks([])
    expect([...without].every((path) => path.startsWith('/dev/'))).toBe(true)
    expect(without.has(disk.device)).toBe(false)
    execFileSync('mount', [disk.device, place.path])
    await mkdir(join(place.path, 'data'))
    expect((await systemDisks([join(place.path, 'data/not/yet')])).has(disk.device)).toBe(true)

    // A loop device over a file there, and swap in it: both lead to the disk below.
    const file = join(place.path, 'data/file')
    execFileSync('truncate', ['-s', '16M', file])
    const inner = execFileSync('losetup', ['--find', '--show', file], { encoding: 'utf8' }).trim()
    try {
      execFileSync('mkfs.ext4', ['-q', '-F', inner])
      await using innerPlace = await MountPlace.create()
      execFileSync('mount', [inner, innerPlace.path])
      const disks = await systemDisks([innerPlace.path])
      expect(disks).toEqual(new Set([...without, inner, disk.device]))
      execFileSync('umount', [innerPlace.path])
      execFileSync('mkswap', ['-q', inner], { stdio: 'pipe' })
      execFileSync('swapon', [inner])
      try {
        expect(await systemDisks([])).toEqual(disks)
      } finally {
        execFileSync('swapoff', [inner])
      }
    } finally {
      execFileSync('losetup', ['--detach', inner])
    }
  })

  it('takes a disk without SMART, and one that is none, for a disk of unknown health', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    expect(await readHealth(disk.device)).toEqual(UNKNOWN_HEALTH)
    expect(await readHealth('/dev/holdfast-none')).toEqual(UNKNOWN_HEALTH)
  })
})

/** A folder to mount at. */
class MountPlace implements AsyncDisposable {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  static async create(): Promise<MountPlace> {
    return new MountPlace(await mkdtemp(join(tmpdir(), 'holdfast-place-')))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (execFileSync('cat', ['/proc/self/mounts'], { encoding: 'utf8' }).includes(` ${this.path} `))
      execFileSync('umount', ['-l', this.path])
    await rm(this.path, { recursive: true })
  }
}
