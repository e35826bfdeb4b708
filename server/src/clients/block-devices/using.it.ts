import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BareDisk } from '../../../../tools/lab/bare-disk.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { culpritsOfMount } from './culprits.ts'
import { openExclusively } from './exclusive.ts'
import { mountDevice, unmount } from './mount.ts'
import { listFileSystems } from './probe.ts'

let place = ''

/** The line of this mount point in /proc/self/mounts; undefined when nothing is mounted there. */
const mounted = () =>
  readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .find((line) => line.split(' ')[1] === place)

async function optionsFor(disk: BareDisk, readOnly = false) {
  const found = (await listFileSystems()).find(({ device }) => device === disk.device)
  if (!found) throw new Error(`${disk.device} was not found`)
  return { device: found.device, uuid: found.uuid, fsType: found.type, mountPoint: place, readOnly }
}

async function thrownBy(work: Promise<unknown>): Promise<HoldfastError> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (thrown instanceof HoldfastError) return thrown
  throw new Error(`expected a HoldfastError, got ${String(thrown)}`)
}

/** A program that keeps something in use until it is killed. */
async function holding(command: string): Promise<{ child: ChildProcess; end: () => Promise<void> }> {
  const child = spawn('bash', ['-c', `${command} && echo ready && exec sleep 60`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return {
    child,
    end: async () => {
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
}

const NEEDS = ['root', 'loop', 'e2fsprogs', 'xfsprogs', 'btrfs-progs', 'dosfstools', 'util-linux']

describe.skipIf(requires(...NEEDS, 'ext4 mount', 'xfs mount', 'btrfs mount'))('mounting disks', () => {
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'holdfast-mount-'))
  })

  afterEach(async () => {
    expect(mounted()).toBeUndefined()
    await rm(place, { recursive: true })
  })

  it.each(['ext4', 'xfs', 'btrfs'] as const)(
    'mounts and unmounts %s, for writing and for reading',
    async (type) => {
      await using disk = await BareDisk.create({ type })
      await mountDevice(await optionsFor(disk))
      expect(mounted()).toMatch(new RegExp(`^${disk.device} \\S+ ${type} rw,nosuid,nodev,noexec,noatime`))
      await writeFile(join(place, 'x'), 'x')
      await unmount(place)
      expect(mounted()).toBeUndefined()
      expect(await openExclusively(disk.device)).toBe(true)
      await mountDevice(await optionsFor(disk, true))
      expect(mounted()).toMatch(new RegExp(`^${disk.device} \\S+ ${type} ro,nosuid,nodev,noexec,noatime`))
      await expect(writeFile(join(place, 'x'), 'y')).rejects.toMatchObject({ code: 'EROFS' })
      await unmount(place)
      await unmount(place)
    },
  )

  it('refuses a write-protected disk for writing and leaves nothing mounted; for reading it is fine', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    await disk.unplug()
    await disk.plugIn({ readOnly: true })
    const error = await thrownBy(mountDevice(await optionsFor(disk)))
    expect(error).toMatchObject({
      code: 'disk-read-only',
      message: expect.stringContaining('write-protected'),
    })
    expect(mounted()).toBeUndefined()
    await mountDevice(await optionsFor(disk, true))
    await unmount(place)
  })

  it('refuses a disk that is mounted already, and a mount point that is taken', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    await using other = await BareDisk.create({ type: 'ext4' })
    await mountDevice(await optionsFor(disk))
    const taken = await thrownBy(mountDevice(await optionsFor(other)))
    expect(taken).toMatchObject({ code: 'disk-busy', message: expect.stringContaining(place) })
    const elsewhere = await mkdtemp(join(tmpdir(), 'holdfast-mount-'))
    const twice = await thrownBy(mountDevice({ ...(await optionsFor(disk)), mountPoint: elsewhere }))
    expect(twice).toMatchObject({
      code: 'disk-busy',
      message: expect.stringContaining(`a mount holds ${place}`),
    })
    expect(mounted()).toContain(disk.device)
    await rm(elsewhere, { recursive: true })
    await unmount(place)
  })

  it('says of XFS whose clone is mounted that there are two', async () => {
    await using disk = await BareDisk.create({ type: 'xfs' })
    await using twin = await disk.clone()
    await mountDevice(await optionsFor(disk))
    const elsewhere = await mkdtemp(join(tmpdir(), 'holdfast-mount-'))
    const error = await thrownBy(mountDevice({ ...(await optionsFor(twin)), mountPoint: elsewhere }))
    expect(error).toMatchObject({
      code: 'disk-ambiguous',
      message: expect.stringMatching(`${twin.device} has the same UUID as ${disk.device}.*wrong fs type`),
    })
    await rm(elsewhere, { recursive: true })
    await unmount(place)
  })

  it('repeats what mount says of a damaged or unknown file system, and of a mount point that is missing', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    const options = await optionsFor(disk)
    const missing = await thrownBy(mountDevice({ ...options, mountPoint: join(place, 'none') }))
    expect(missing).toMatchObject({
      code: 'disk-mount-failed',
      message: expect.stringContaining('mount point does not exist'),
    })
    // The group descriptors right behind the superblock.
    execFileSync(
      'dd',
      ['if=/dev/urandom', `of=${disk.device}`, 'bs=1k', 'seek=2', 'count=64', 'conv=fsync'],
      { stdio: 'pipe' },
    )
    const damaged = await thrownBy(mountDevice(options))
    expect(damaged.code).toBe('disk-mount-failed')
    expect(damaged.message).toMatch(/Structure needs cleaning|bad superblock/)

    await using foreign = await BareDisk.create({ sizeMb: 32 })
    // The magic of VMFS, which no Linux can mount.
    const magic = `printf '\\136\\361\\253\\057' | dd of=${foreign.device} bs=1M seek=2 conv=notrunc`
    execFileSync('sh', ['-c', magic], { stdio: 'pipe' })
    const unknown = await thrownBy(
      mountDevice({ device: foreign.device, uuid: 'x', fsType: 'VMFS', mountPoint: place, readOnly: false }),
    )
    expect(unknown).toMatchObject({
      code: 'file-system-unsupported',
      message: expect.stringContaining("unknown filesystem type 'VMFS'"),
    })

    const gone = await thrownBy(mountDevice({ ...options, device: '/dev/holdfast-none' }))
    expect(gone.code).toBe('disk-removed')
  })

  it('undoes a mount during which it was canceled', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    const options = await optionsFor(disk)
    const canceled = new HoldfastError('run-canceled', 'enough')
    expect(await thrownBy(mountDevice({ ...options, signal: AbortSignal.abort(canceled) }))).toBe(canceled)
    const controller = new AbortController()
    const work = thrownBy(mountDevice({ ...options, signal: controller.signal }))
    await expect.poll(() => mounted() ?? '', { interval: 1 }).toContain(disk.device)
    controller.abort(canceled)
    await work.then(
      (error) => expect(error).toBe(canceled),
      // It was done already when the signal came.
      () => unmount(place),
    )
  })

  it.each([
    ['a working folder', 'cd "$PLACE/folder"', '/folder'],
    ['an open file', 'exec 5>"$PLACE/file name"', '/file name'],
    ['an open file that was deleted', 'exec 5>"$PLACE/tmp" && rm "$PLACE/tmp"', '/tmp (deleted)'],
  ])('does not unmount a disk in use by %s, and names the program', async (_, command, path) => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    await mountDevice(await optionsFor(disk))
    await mkdir(join(place, 'folder'))
    const { child, end } = await holding(command.replaceAll('$PLACE', place))
    const error = await thrownBy(unmount(place))
    expect(error).toMatchObject({
      code: 'disk-busy',
      message: `${place} cannot be unmounted: sleep (process ${child.pid}) holds ${place}${path}`,
      details: {
        device: disk.device,
        culprits: [{ pid: child.pid, name: 'sleep', holds: `${place}${path}` }],
      },
    })
    expect(mounted()).toContain(disk.device)
    await end()
    await unmount(place)
  })

  it('waits a moment for a program that just ends, and finds the mount behind a symbolic link', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    const link = `${place}-link`
    await symlink(place, link)
    await mountDevice({ ...(await optionsFor(disk)), mountPoint: link })
    const child = spawn('sh', ['-c', `cd "${place}" && echo ready && exec sleep 0.4`])
    await once(child.stdout, 'data')
    await unmount(link)
    expect(mounted()).toBeUndefined()
    await rm(link)
  })

  it('names mapped files, mounts below and loop devices over files of the disk', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    await mountDevice(await optionsFor(disk))
    const file = join(place, 'file')
    await writeFile(file, Buffer.alloc(2 ** 20))
    const script = `use strict; open(my $f, '<', $ARGV[0]) or die; my $m = pack('x0'); my $a = syscall(9, 0, 4096, 1, 2, fileno($f), 0); close($f); $| = 1; print "ready\\n"; sleep 60`
    const mapper = spawn('perl', ['-e', script, file])
    await once(mapper.stdout, 'data')
    expect(await culpritsOfMount(place)).toEqual([{ pid: mapper.pid, name: 'perl', holds: file }])
    mapper.kill('SIGKILL')
    await once(mapper, 'close')

    await mkdir(join(place, 'below'))
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(place, 'below')])
    const loop = execFileSync('losetup', ['--find', '--show', file], { encoding: 'utf8' }).trim()
    const error = await thrownBy(unmount(place))
    expect(error.message).toContain(`a mount holds ${place}/below, loop device ${loop} holds ${file}`)
    execFileSync('umount', [join(place, 'below')])
    execFileSync('losetup', ['--detach', loop])
    await expect
      .poll(() =>
        unmount(place).then(
          () => 'done',
          () => 'busy',
        ),
      )
      .toBe('done')
  })

  it('finds nobody in a folder that merely has a similar name', async () => {
    await mkdir(join(place, 'disk'))
    await mkdir(join(place, 'disk2'))
    await symlink(join(place, 'disk2'), join(place, 'link'))
    const fd = openSync(join(place, 'disk2'), 'r')
    expect(await culpritsOfMount(join(place, 'disk'))).toEqual([])
    expect(await culpritsOfMount(join(place, 'disk2'))).toMatchObject([{ pid: process.pid }])
    closeSync(fd)
  })

  it('lets go of a disk that was pulled, although somebody still has a file of it open', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    await mountDevice(await optionsFor(disk))
    const { end } = await holding(`cd "${place}"`)
    expect((await thrownBy(unmount(place))).code).toBe('disk-busy')
    await disk.pull()
    await unmount(place)
    expect(mounted()).toBeUndefined()
    await end()
  })

  it('lets go lazily of a disk in use when the caller wants it so', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    await mountDevice(await optionsFor(disk))
    const { end } = await holding(`cd "${place}"`)
    await unmount(place, { lazy: true })
    expect(mounted()).toBeUndefined()
    expect(await openExclusively(disk.device)).toBe(false)
    await end()
    await expect.poll(() => openExclusively(disk.device)).toBe(true)
  })
})
