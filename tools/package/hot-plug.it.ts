import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiskStatus, Run, RunSummary } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Installation, until } from '../e2e/installation.testkit.ts'
import { BareDisk } from '../lab/bare-disk.ts'
import { PrivateUdev } from '../lab/private-udev.ts'
import { requires } from '../lab/requires.ts'
import { ROOT } from '../repo/repository.ts'

const LOOP_BAY = 'KERNEL=="loop*", ENV{HOLDFAST_BAY}="1"\n'

let place: Installation
beforeEach(async () => {
  place = await Installation.create()
})
afterEach(() => place[Symbol.asyncDispose]())

const uuidOf = (device: string) =>
  execFileSync('blkid', ['-p', '-s', 'UUID', '-o', 'value', device], { encoding: 'utf8' }).trim()

/** The disk belongs to a set that one job writes to. */
async function configure(uuid: string): Promise<void> {
  await mkdir(place.path('source'), { recursive: true })
  await place.configure(`
vaults: [{ name: disks, kind: disk-set, disks: [{ uuid: ${uuid}, label: Monday }] }]
jobs: [{ name: copy, kind: disk-copy, vault: disks, config: { source: ${place.path('source')} } }]
`)
  await place.json('apply', place.path('config'))
}

/** The command of the unit, as systemd starts it for a device. */
async function commandOfUnit(sysfs: string): Promise<string[]> {
  const unit = await readFile(join(ROOT, 'deploy/systemd/holdfast-disk@.service'), 'utf8')
  const [program, ...args] = (/^ExecStart=(.+)$/m.exec(unit)?.[1] ?? '').split(' ')
  expect(program).toBe('/usr/bin/holdfast')
  return args.map((arg) => (arg === '%f' ? sysfs : arg))
}

const runs = () => place.list<RunSummary>('runs', 'list')

describe.skipIf(requires('root', 'loop', 'e2fsprogs', 'udev'))('a disk that is plugged in', () => {
  test('is told by udev to the service, whose command starts the job once', async () => {
    await using udev = await PrivateUdev.start(LOOP_BAY)
    await using disk = await BareDisk.create({ type: 'ext4' })
    await using other = await BareDisk.create({ type: 'ext4' })
    await using empty = await BareDisk.create({ sizeMb: 16 })
    const known = udev.properties(disk.device)
    expect(known).toMatchObject({ ID_FS_UUID: uuidOf(disk.device), SYSTEMD_WANTS: 'holdfast-disk@.service' })
    expect(known.TAGS).toContain(':systemd:')
    expect(udev.properties(empty.device).SYSTEMD_WANTS).toBeUndefined()

    await configure(uuidOf(disk.device))
    // Keeps the database up, as the server does. No worker runs.
    await place.control()
    place.launcher = [...udev.launcher]
    const command = await commandOfUnit(`/sys${known.DEVPATH}`)
    expect(await place.run(...command)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('copy was started'),
    })
    expect(await place.run(...command)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('No job was'),
    })
    const foreign = await commandOfUnit(`/sys${udev.properties(other.device).DEVPATH}`)
    expect(await place.run(...foreign)).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: expect.stringContaining('belongs to no disk set'),
    })
    expect(await runs()).toMatchObject([
      { jobName: 'copy', trigger: 'device', startedBy: null, status: 'queued' },
    ])
    await place.letGo()
    await place.databaseStopped()
    expect(await place.run(...command)).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: expect.stringContaining('Holdfast is not running'),
    })
    place.launcher = []
  })

  test.each([
    ['a device that looks built in', '', undefined],
    ['one that is left out by hand', 'KERNEL=="loop*", ENV{HOLDFAST_BAY}="0"\n', undefined],
    ['one that a rule names', LOOP_BAY, 'holdfast-disk@.service'],
  ])('%s is told of or not by the rules of the machine', async (_, bay, wants) => {
    await using udev = await PrivateUdev.start(bay)
    await using disk = await BareDisk.create({ type: 'ext4' })
    const { ID_FS_UUID, SYSTEMD_WANTS } = udev.properties(disk.device)
    expect([ID_FS_UUID, SYSTEMD_WANTS]).toEqual([uuidOf(disk.device), wants])
  })

  test('starts the job where there is no udev, noticed by a worker', async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    await configure(uuidOf(disk.device))
    await disk.unplug()
    await place.startWorker()
    await disk.plugIn()
    await until(async () => (await runs()).length > 0)
    expect(await runs()).toMatchObject([{ jobName: 'copy', trigger: 'device', startedBy: null }])
    const { disks, bay } = await place.json<{ disks: DiskStatus[]; bay: object[] }>('disk', 'list', '--bay')
    expect(disks).toMatchObject([{ label: 'Monday', device: disk.device }])
    expect(bay).toContainEqual(expect.objectContaining({ uuid: uuidOf(disk.device), vault: 'disks' }))
    // By its device as well: the second start of one disk is none.
    const { runs: again } = await place.json<{ runs: Run[] }>('disk', 'plugged-in', disk.device)
    expect(again).toEqual([])
  })
})

test.skipIf(requires('root', 'udev'))('udev reads the rule without a complaint', async () => {
  {
    await using wrong = await PrivateUdev.start('KERNEL=="loop*", TAGS+="x"\n')
    expect(wrong.complaints()).toEqual([expect.stringContaining('80-holdfast-bay.rules')])
  }
  await using udev = await PrivateUdev.start(LOOP_BAY)
  expect(udev.complaints()).toEqual([])
  const verify = ['verify', '--no-style', join(ROOT, 'deploy/udev/90-holdfast-disk.rules')]
  // Since systemd 254 it also says what is not wrong but odd.
  const isThere = spawnSync('udevadm', ['verify', '--help']).status === 0
  if (isThere) expect(spawnSync('udevadm', verify, { encoding: 'utf8' })).toMatchObject({ status: 0 })
})
