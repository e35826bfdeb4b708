import { setTimeout as sleep } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLogger } from '../../kit/log.ts'
import type { EngineDeps } from '../deps.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { scriptedDriver } from '../testkit/scripted-driver.ts'
import type { Bay, BayFileSystem } from '../vault-port.ts'
import { diskStatuses } from './disk-statuses.ts'

const MONDAY = '11111111-aaaa'
const TUESDAY = '22222222-bbbb'
const anna = { by: 'user:anna' }

/** A bay that a test fills. */
class TestBay implements Bay {
  inside: BayFileSystem[] = []
  problem: HoldfastError | null = null
  lists = 0
  plugIn(uuid: string, attachId: string, values: Partial<BayFileSystem> = {}): void {
    const disk = {
      device: '/dev/sdb1',
      type: 'ext4',
      label: null,
      sizeBytes: 4e12,
      model: null,
      serial: null,
    }
    this.inside.push({ ...disk, uuid, attachId, isSystem: false, ...values })
  }
  async fingerprint() {
    return JSON.stringify(this.inside)
  }
  async list() {
    this.lists += 1
    if (this.problem) throw this.problem
    return [...this.inside]
  }
}

const driver = { ...scriptedDriver(), info: { ...scriptedDriver().info, vaultKinds: ['disk-set' as const] } }
const disk = (uuid: string, label: string) => ({ uuid, label })
const SET = { name: 'disks', kind: 'disk-set', disks: [disk(MONDAY, 'Monday'), disk(TUESDAY, 'Tuesday')] }
const job = (name: string, values: object = {}) => ({ name, kind: 'scripted', vault: 'disks', ...values })

let lab: EngineLab
let bay: TestBay
const warnings: string[] = []

beforeEach(async () => {
  bay = new TestBay()
  warnings.length = 0
  lab = await openEngineLab([driver], { bay })
  await lab.apply({ vaults: [SET], jobs: [job('copy')] })
})
afterEach(() => lab[Symbol.asyncDispose]())

const watching = (deps: EngineDeps = lab.deps) => lab.startWorker({ site: 'attic', deps })
const started = async () =>
  (await lab.control.listRuns({ limit: 100 })).items.map(({ jobName, trigger }) => `${jobName} ${trigger}`)
async function until<T>(read: () => Promise<T>, is: (value: T) => boolean): Promise<T> {
  for (const end = performance.now() + 15_000; ; await sleep(50)) {
    const value = await read()
    if (is(value) || performance.now() > end) return value
  }
}
const statuses = async () => {
  const vault = await lab.deps.store.objects.vault('disks')
  const scope = { nodeIds: null }
  return vault && (await diskStatuses({ store: lab.deps.store, scope }, vault, new Date()))
}
const stateOf = async (label: string) => (await statuses())?.find((status) => status.label === label)?.state

describe('a disk that is plugged in', () => {
  beforeEach(() => lab.apply({ vaults: [SET], jobs: [job('copy', { site: 'attic' }), job('elsewhere')] }))

  test('starts the jobs of its set where the worker is, once, and not again while it stays', async () => {
    const worker = await watching()
    await sleep(1200)
    expect(await started()).toEqual([])
    bay.plugIn(MONDAY.toUpperCase(), 'one')
    expect(await until(started, (runs) => runs.length > 0)).toEqual(['copy device'])
    const [run] = (await lab.control.listRuns({})).items
    expect(run?.startedBy).toBeNull()
    await lab.finished(run?.id ?? '')
    expect(
      await until(
        () => stateOf('Monday'),
        (state) => state !== 'absent',
      ),
    ).toBe('present')
    await worker.stop()
    await watching()
    await sleep(2500)
    expect(await started()).toEqual(['copy device'])
    bay.inside = []
    expect(
      await until(
        () => stateOf('Monday'),
        (state) => state === 'absent',
      ),
    ).toBe('absent')
    bay.plugIn(MONDAY, 'two')
    expect(await until(started, (runs) => runs.length > 1)).toEqual(['copy device', 'copy device'])
  })

  test('while no worker was running counts when one starts; of two workers one starts it', async () => {
    bay.plugIn(TUESDAY, 'one')
    await Promise.all([watching(), watching(), watching()])
    expect(await until(started, (runs) => runs.length > 0)).toEqual(['copy device'])
    await sleep(1500)
    expect(await started()).toEqual(['copy device'])
  })

  test('starts a run of its own beside that of another disk, which waits for it', async () => {
    await watching()
    bay.plugIn(MONDAY, 'one')
    bay.plugIn(TUESDAY, 'two', { device: '/dev/sdc1' })
    expect(await until(started, (runs) => runs.length > 1)).toEqual(['copy device', 'copy device'])
    const { items } = await lab.control.listRuns({})
    expect(items.map((run) => run.disk?.label).sort()).toEqual(['Monday', 'Tuesday'])
  })

  test('starts nothing where the set says so, and is seen all the same', async () => {
    await lab.apply({ vaults: [{ ...SET, runWhenPluggedIn: false }], jobs: [job('copy', { site: 'attic' })] })
    await watching()
    bay.plugIn(MONDAY, 'one')
    expect(
      await until(
        () => stateOf('Monday'),
        (state) => state !== 'absent',
      ),
    ).toBe('present')
    expect(await started()).toEqual([])
    expect(await lab.control.startByDisk(MONDAY, anna)).toEqual([])
  })

  test('starts the job although a copy of it is there: the run tells of it', async () => {
    await watching()
    bay.plugIn(MONDAY, 'one')
    bay.plugIn(MONDAY, 'other', { device: '/dev/sdc1' })
    expect(await until(started, (runs) => runs.length > 0)).toEqual(['copy device'])
  })
})

test('a disk that is entered in a set while it is in the bay starts nothing', async () => {
  bay.plugIn('33333333-cccc', 'one')
  await watching()
  expect(
    await until(
      () => lab.control.listBay(),
      (found) => found.length > 0,
    ),
  ).toMatchObject([{ vault: null }])
  const set = { ...SET, disks: [...SET.disks, disk('33333333-cccc', 'Wednesday')] }
  await lab.apply({ vaults: [set], jobs: [job('copy', { site: 'attic' })] })
  expect(
    await until(
      () => stateOf('Wednesday'),
      (state) => state === 'present',
    ),
  ).toBe('present')
  expect(await started()).toEqual([])
  bay.plugIn('44444444-dddd', 'two', { device: '/dev/sdc1' })
  const both = await until(
    () => lab.control.listBay(),
    (found) => found.length > 1,
  )
  expect(both).toMatchObject([
    { device: '/dev/sdb1', vault: 'disks', fileSystem: 'ext4', host: lab.deps.host.hostName },
    { device: '/dev/sdc1', vault: null },
  ])
})

test('the bay of a machine without a worker is not shown', async () => {
  bay.plugIn(MONDAY, 'one')
  const worker = await watching()
  await until(
    () => lab.control.listBay(),
    (found) => found.length > 0,
  )
  await worker.stop()
  expect(await lab.control.listBay()).toEqual([])
})

describe('startByDisk', () => {
  test('starts the jobs once, with a line in the records, also where no worker sees the disk', async () => {
    const [run] = await lab.control.startByDisk(MONDAY.toUpperCase(), anna)
    expect(run).toMatchObject({ jobName: 'copy', trigger: 'device', startedBy: null, status: 'queued' })
    expect(await lab.control.startByDisk(MONDAY, anna)).toEqual([])
    const { items } = await lab.control.listAudit({ by: 'user:anna' })
    expect(items).toMatchObject([
      { action: 'job.start', object: 'copy', details: { runId: run?.id, disk: 'Monday' } },
    ])
  })

  test('and the watch of the bay are about one disk, whichever comes first', async () => {
    await lab.startWorker()
    const [first] = await lab.control.startByDisk(MONDAY, anna)
    await lab.finished(first?.id ?? '')
    bay.plugIn(MONDAY, 'one')
    await until(
      () => stateOf('Monday'),
      (state) => state !== 'absent',
    )
    expect(await started()).toEqual(['copy device'])
    bay.plugIn(TUESDAY, 'two', { device: '/dev/sdc1' })
    await until(started, (runs) => runs.length > 1)
    const [second] = (await lab.control.listRuns({})).items
    await lab.finished(second?.id ?? '')
    expect(await lab.control.startByDisk(TUESDAY, anna)).toEqual([])
    expect(await started()).toEqual(['copy device', 'copy device'])
  })

  test('starts what waits for a worker where the last one has just stopped', async () => {
    bay.plugIn(MONDAY, 'one')
    await lab.apply({ vaults: [{ ...SET, runWhenPluggedIn: false }], jobs: [job('copy')] })
    const worker = await watching()
    await until(
      () => stateOf('Monday'),
      (state) => state !== 'absent',
    )
    await worker.stop()
    await lab.apply({ vaults: [SET], jobs: [job('copy')] })
    expect(await lab.control.startByDisk(MONDAY, anna)).toMatchObject([{ jobName: 'copy', status: 'queued' }])
  })

  test('starts the jobs of the sites that are served where the disk is', async () => {
    const jobs = [job('copy', { site: 'attic' }), job('elsewhere')]
    await lab.apply({ vaults: [{ ...SET, runWhenPluggedIn: false }], jobs })
    bay.plugIn(MONDAY, 'one')
    await watching()
    await until(
      () => stateOf('Monday'),
      (state) => state !== 'absent',
    )
    await lab.apply({ vaults: [SET], jobs })
    expect(await lab.control.startByDisk(MONDAY, anna)).toMatchObject([{ jobName: 'copy' }])
  })

  test('of a disk that belongs to no set is refused', async () => {
    await expect(lab.control.startByDisk('99999999-ffff', anna)).rejects.toMatchObject({
      code: 'name-unknown',
    })
  })
})

test('where the bay cannot be read one line says so, and nothing is said about disks', async () => {
  await lab.deps.store.disks.see(lab.deps.host, [
    {
      vaultId: (await lab.deps.store.objects.vault('disks'))?.id ?? '',
      uuid: MONDAY,
      device: '/dev/sdb1',
      attachId: 'x',
    },
  ])
  bay.problem = new HoldfastError('permission-denied', 'no block device of this machine can be read')
  const log = createLogger('silent')
  log.warn = (...words: unknown[]) => void warnings.push(String(words[1]))
  log.error = log.warn
  await watching({ ...lab.deps, log })
  await until(
    async () => bay.lists,
    (lists) => lists > 0,
  )
  bay.plugIn(TUESDAY, 'two')
  await until(
    async () => bay.lists,
    (lists) => lists > 1,
  )
  await sleep(1500)
  expect([bay.lists, warnings]).toEqual([2, [expect.stringContaining('cannot be read')]])
  expect(await stateOf('Monday')).toBe('present')
  expect(await started()).toEqual([])
})
