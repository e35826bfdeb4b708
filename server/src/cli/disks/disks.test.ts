import { configDocument, type DiskStatus } from '@holdfast/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import type { FakeControl } from '../testkit/fake-control.ts'
import { run, sampleControl } from '../testkit/run-command.ts'

const MONDAY = '2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11'
const HEALTH = {
  reallocated: 0,
  pending: 0,
  uncorrectable: 0,
  temperatureCelsius: 30,
  powerOnHours: 9,
  wearPercent: null,
}

function status(label: string, values: Partial<DiskStatus>): DiskStatus {
  return {
    uuid: MONDAY,
    label,
    state: 'absent',
    host: null,
    device: null,
    seenAt: null,
    lastCopyAt: null,
    pointCount: 0,
    totalBytes: null,
    freeBytes: null,
    dueAt: null,
    overdue: false,
    health: null,
    healthAt: null,
    ...values,
  }
}

const DISKS = [
  status('Monday', {
    state: 'safe',
    host: 'attic',
    device: '/dev/sdb1',
    seenAt: '2026-08-20T12:00:00.000Z',
    lastCopyAt: '2026-08-20T03:00:00.000Z',
    pointCount: 12,
    freeBytes: 1.5 * 1024 ** 4,
    dueAt: '2026-09-03T03:00:00.000Z',
    health: { status: 'ok', ...HEALTH },
  }),
  status('Tuesday', {
    seenAt: '2026-08-01T12:00:00.000Z',
    lastCopyAt: '2026-08-01T03:00:00.000Z',
    dueAt: '2026-08-15T03:00:00.000Z',
    overdue: true,
    health: { status: 'failing', ...HEALTH },
  }),
  status('Wednesday', {
    state: 'busy',
    host: 'attic',
    device: '/dev/sdc',
    health: { status: 'unknown', ...HEALTH },
  }),
  status('Thursday', {}),
]

let control: FakeControl

beforeEach(() => {
  control = sampleControl()
  const set = { name: 'disks', kind: 'disk-set', disks: [{ uuid: MONDAY, label: 'Monday' }] }
  control.document.vaults.push(...configDocument.parse({ vaults: [set] }).vaults)
  const [job] = control.document.jobs
  if (job) control.document.jobs.push({ ...job, name: 'to disks', vault: 'disks' })
  const common = { sizeBytes: 0, pointCount: 0, freeBytes: null, problem: null }
  const forecast = { kind: 'not-enough-data', haveDays: 0, neededDays: 7 } as const
  control.vaults = [
    { ...common, id: 'vlt_000000000001', name: 'shelf', kind: 'directory', forecast, disks: null },
    { ...common, id: 'vlt_000000000002', name: 'disks', kind: 'disk-set', forecast, disks: DISKS },
  ]
  const device = { host: 'attic', label: null, serial: null, vault: null }
  control.bay = [
    {
      ...device,
      device: '/dev/sda1',
      uuid: 'aaaa-bbbb',
      fileSystem: 'ext4',
      sizeBytes: 5e11,
      model: null,
      isSystem: true,
    },
    {
      ...device,
      device: '/dev/sdb1',
      uuid: MONDAY,
      fileSystem: 'crypto_LUKS',
      sizeBytes: 4e12,
      model: 'Elements \u001b[2J',
      isSystem: false,
      vault: 'disks',
    },
  ]
})

describe('holdfast disk list', () => {
  it('shows every disk of every set in words, and the bay on request', async () => {
    const { stdout, exitCode } = await run(['disk', 'list', '--bay'], { control })
    await expect(stdout).toMatchFileSnapshot('../testdata/disk-list.txt')
    expect(exitCode).toBe(0)
    expect((await run(['disk', 'list'], { control })).stdout).not.toContain('sda1')
    expect((await run(['disk', 'list', '--json'], { control })).json()).toEqual({
      disks: DISKS.map((disk) => ({ vault: 'disks', ...disk })),
      bay: null,
    })
    expect((await run(['disk', 'list', '--bay', '--json'], { control })).json()).toMatchObject({
      bay: control.bay,
    })
  })

  it('says what to do where there is none', async () => {
    control.vaults = []
    control.bay = []
    const { stdout } = await run(['disk', 'list', '--bay'], { control })
    expect(stdout).toContain('No disk set yet')
    expect(stdout).toContain('No worker sees')
  })
})

describe('holdfast disk plugged-in', () => {
  it('starts the jobs of a disk', async () => {
    const { stdout } = await run(['disk', 'plugged-in', MONDAY], { control })
    expect(stdout).toMatch(/^✔ to disks was started: holdfast runs show run_/)
    expect(control.calls).toContain(`plugged in ${MONDAY} by cli:ada`)
    const answer = await run(['disk', 'plugged-in', MONDAY, '--json'], { control })
    expect(answer.json()).toMatchObject({ uuid: MONDAY, runs: [{ trigger: 'device' }] })
  })

  it('says so when nothing was to be started', async () => {
    control.document.jobs = []
    const { stdout, exitCode } = await run(['disk', 'plugged-in', MONDAY], { control })
    expect([stdout, exitCode]).toEqual([expect.stringContaining('No job was started'), 0])
  })

  it.each([
    ['a disk of no set', ['99999999-ffff'], 'no disk set knows'],
    ['what is no UUID', ['sdb one'], 'is no UUID'],
    ['nothing at all', [], 'name a disk'],
    ['a device that is none', ['/dev/null'], 'no file system with a UUID'],
  ])('refuses %s', async (_, args, words) => {
    const { stderr, exitCode } = await run(['disk', 'plugged-in', ...args], { control })
    expect(stderr).toContain(words)
    expect(exitCode).not.toBe(0)
  })

  it('takes what udev says as it comes', async () => {
    const unplugged = ['disk', 'plugged-in', '--sysfs', '/sys/devices/virtual/block/none']
    expect(await run(unplugged, { control })).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: '/sys/devices/virtual/block/none: it bears no file system, or was unplugged again\n',
    })
    expect(control.calls).toEqual([])
  })
})
