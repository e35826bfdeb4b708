import type { Told } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { scriptedDriver } from '../testkit/scripted-driver.ts'
import { gatherDigest } from '../upkeep/gather-digest.ts'
import { tellLockTimeout, tellOverdueDisks } from './events.ts'
import { tell } from './notifications.ts'

const MONDAY = '2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11'
const TUESDAY = '6bca-e8fe'

let lab: EngineLab
let now: Date
let told: Told[]

const hook = (name: string, rest: object = {}) => ({
  name,
  kind: 'webhook',
  url: 'http://127.0.0.1:9/',
  ...rest,
})

const rotating = (rest: object = {}) => ({
  name: 'rotating',
  kind: 'disk-set',
  rotation: '14d',
  disks: [
    { uuid: MONDAY, label: 'Größe 1', mail: ['anna@example.org', 'bruno@example.org'] },
    { uuid: TUESDAY, label: 'Tuesday' },
  ],
  ...rest,
})

beforeEach(async () => {
  now = new Date('2026-11-21T12:00:00Z')
  told = []
  const notify = async (_spec: object, each: Told) => {
    told.push(each)
  }
  lab = await openEngineLab([scriptedDriver()], { now: () => now, notify })
  await lab.apply({
    vaults: [
      rotating(),
      rotating({ name: 'free', rotation: undefined, disks: [{ uuid: '1234', label: 'x' }] }),
    ],
    jobs: ['a', 'b'].map((name) => ({ name, kind: 'scripted' })),
    notifications: [
      hook('default'),
      hook('only b', { jobs: ['b'] }),
      hook('failures', { on: ['failed'] }),
      hook('off', { enabled: false }),
    ],
  })
  await sql(`update jobs set vault_id = (select id from vaults where name = 'rotating') where name = 'a'`)
  await sql(`update vaults set created_at = $1`, '2026-11-01T12:00:00Z')
  await sql(`update revisions set at = $1`, '2026-11-01T12:00:00Z')
})
afterEach(() => lab[Symbol.asyncDispose]())

const sql = (text: string, ...values: unknown[]) => lab.test.database.pool.query(text, values)

async function copied(job: string, uuid: string, takenAt: string, rest: object = {}): Promise<void> {
  const { ok, run } = { ok: true, run: 'run_1', ...rest }
  await sql(
    `insert into restore_points (id, job_id, job_name, job_kind, vault_id, run_id, asset, taken_at, finished_at,
       size_bytes, added_bytes, item_count, details, location, confirmed_at, state, disk, verified_ok, verified_at,
       verified_level)
     select 'rp_' || substr(md5(random()::text), 1, 12), id, name, kind, vault_id, $6, '{}', $3, $3, 1, 1, 1, '{}',
       'x', $3, 'present', jsonb_build_object('uuid', $2::text, 'label', 'x'), $4, $3, $5
     from jobs where name = $1`,
    ...[job, uuid, takenAt, ok, 'sample', run],
  )
}

/** What waits, as lines, oldest first; and delivers it. */
async function delivered(): Promise<string[]> {
  const { items } = await lab.control.listDeliveries({ state: 'waiting' })
  for (const { id } of items.toReversed()) await tell(lab.deps, { deliveryId: id })
  return items.map((each) => `${each.notification}: ${each.subject} ${each.event}`).sort()
}

describe('an overdue disk', () => {
  test('is told once, until it was back, to those who want to hear of it', async () => {
    await copied('a', MONDAY, '2026-11-05T12:00:00Z')
    await copied('a', TUESDAY, '2026-11-10T12:00:00Z')
    await Promise.all([1, 2, 3].map(() => tellOverdueDisks(lab.deps)))
    expect(await delivered()).toEqual(['default: disk-overdue Größe 1'])
    expect(told).toMatchObject([
      {
        subject: 'disk-overdue',
        disk: {
          ...{ vault: 'rotating', uuid: MONDAY, label: 'Größe 1' },
          ...{ lastCopyAt: '2026-11-05T12:00:00.000Z', dueAt: '2026-11-19T12:00:00.000Z' },
        },
        carriers: ['anna@example.org', 'bruno@example.org'],
        alsoTo: ['anna@example.org', 'bruno@example.org'],
      },
    ])

    await copied('a', MONDAY, '2026-11-21T11:00:00Z')
    await tellOverdueDisks(lab.deps)
    now = new Date('2026-12-06T12:00:00Z')
    await tellOverdueDisks(lab.deps)
    await tellOverdueDisks(lab.deps)
    expect(await delivered()).toEqual(['default: disk-overdue Größe 1', 'default: disk-overdue Tuesday'])
  })

  test('without a copy is due as long after it was entered, and a bad copy is none', async () => {
    await copied('a', MONDAY, '2026-11-20T12:00:00Z', { ok: false })
    await sql(
      `update revisions set at = $1, spec = jsonb_set(spec, '{disks}', jsonb_build_array(spec #> '{disks,0}'))
      where name = 'rotating'`,
      '2026-11-01T12:00:00Z',
    )
    await lab.apply({ vaults: [rotating({ minFree: '2GiB' })] })
    await sql(`update revisions set at = $1 where name = 'rotating' and revision = 2`, '2026-11-20T12:00:00Z')
    const disks = await lab.deps.store.deliveries.diskRotation(now)
    expect(
      disks.map(({ label, lastCopyAt, dueAt, isOverdue }) => [label, lastCopyAt, dueAt, isOverdue]),
    ).toEqual([
      ['x', null, null, false],
      ['Größe 1', null, '2026-11-15T12:00:00.000Z', true],
      ['Tuesday', null, '2026-12-04T12:00:00.000Z', false],
    ])
  })

  test('that nobody wants to hear of is told once somebody does, and to those of its jobs', async () => {
    for (const name of ['default', 'only b', 'failures', 'off'])
      await lab.control.deleteObject('notifications', name, { by: 'test', revision: null })
    await tellOverdueDisks(lab.deps)
    await lab.apply({ notifications: [hook('only a', { jobs: ['a'] }), hook('only b', { jobs: ['b'] })] })
    await tellOverdueDisks(lab.deps)
    expect(await delivered()).toEqual(['only a: disk-overdue Größe 1', 'only a: disk-overdue Tuesday'])
  })

  test('is in the digest, the longest overdue first, of the vaults that its jobs write to', async () => {
    await copied('a', MONDAY, '2026-11-05T12:00:00Z')
    const digestOf = async (jobs?: string[]) => {
      await lab.apply({ notifications: [hook('daily', { on: [], digest: {}, jobs })] })
      const [receiver] = await lab.deps.store.deliveries.digestReceivers()
      if (!receiver) throw new Error('nobody receives a digest')
      return await gatherDigest(lab.deps, receiver, now)
    }
    const all = await digestOf()
    expect(all.overdueDiskCount).toBe(2)
    expect(all.overdueDisks).toMatchObject([
      { label: 'Tuesday', vault: 'rotating', lastCopyAt: null, dueAt: '2026-11-15T12:00:00.000Z' },
      { label: 'Größe 1', lastCopyAt: '2026-11-05T12:00:00.000Z' },
    ])
    expect((await digestOf(['b'])).overdueDisks).toEqual([])
    expect((await digestOf(['a'])).overdueDiskCount).toBe(2)
  })
})

describe('a wait for a lock in vain', () => {
  const wait = { name: 'veeam/nightly', waiter: 'job 7', by: 'user:veeam', waitedMs: 28_800_000 }

  test('is told with who holds it, once in an hour for each who waits', async () => {
    await tellLockTimeout(lab.deps, { ...wait, heldBy: 'copy script' })
    await tellLockTimeout(lab.deps, { ...wait, heldBy: 'copy script' })
    await tellLockTimeout(lab.deps, { ...wait, waiter: 'job 8', heldBy: 'copy script' })
    expect(await delivered()).toEqual([
      'default: lock-timeout veeam/nightly',
      'default: lock-timeout veeam/nightly',
    ])
    expect(told).toMatchObject([
      {
        subject: 'lock-timeout',
        lock: { ...wait, heldBy: 'copy script', jobName: null, at: now.toISOString() },
      },
      { lock: { waiter: 'job 8' } },
    ])
    await sql(`update deliveries set created_at = created_at - interval '61 minutes'`)
    await tellLockTimeout(lab.deps, { ...wait, heldBy: 'copy script' })
    expect(await delivered()).toEqual(['default: lock-timeout veeam/nightly'])
  })

  test('for a run of a job is told to those of the job', async () => {
    const { id } = await lab.control.startJob('b', { by: 'anna' })
    await tellLockTimeout(lab.deps, { ...wait, heldBy: id })
    expect(await delivered()).toEqual([
      'default: lock-timeout veeam/nightly',
      'only b: lock-timeout veeam/nightly',
    ])
    expect(told).toMatchObject([{ lock: { jobName: 'b', heldBy: id } }, {}])
  })
})

describe('what is told around a run', () => {
  const disk = { uuid: MONDAY, label: 'Größe 1', freeBytes: 1, totalBytes: 2, safeToRemove: true }
  const around = async (job: string, rest: object = {}) => {
    const { id } = await lab.control.startJob(job, { by: 'anna' })
    const run = await lab.deps.store.runs.get(id)
    if (!run) throw new Error('the run is gone')
    return { id, around: () => lab.deps.store.deliveries.aroundRun({ ...run, ...rest }) }
  }

  test('of a disk: who carries it by the settings of now, and the last good copy on it', async () => {
    await copied('a', MONDAY, '2026-11-05T12:00:00Z')
    await copied('a', MONDAY, '2026-11-06T12:00:00Z', { ok: false })
    await copied('a', TUESDAY, '2026-11-10T12:00:00Z')
    const onDisk = await around('a', { disk })
    expect(await onDisk.around()).toEqual({
      carriers: ['anna@example.org', 'bruno@example.org'],
      disks: ['Größe 1', 'Tuesday'],
      lastGood: { at: '2026-11-05T12:00:00.000Z', isOfThisRun: false },
      checked: null,
    })
    await lab.apply({
      vaults: [rotating({ disks: [{ uuid: MONDAY, label: 'Größe 1', mail: ['new@example.org'] }] })],
    })
    await copied('a', MONDAY, '2026-11-21T12:00:00Z', { run: onDisk.id })
    const later = await onDisk.around()
    expect(later.carriers).toEqual(['new@example.org'])
    expect(later.lastGood).toEqual({ at: '2026-11-21T12:00:00.000Z', isOfThisRun: true })
  })

  test('without a disk: the last good copy anywhere; of a run that makes none nothing', async () => {
    await copied('a', TUESDAY, '2026-11-10T12:00:00Z')
    const plain = await (await around('a')).around()
    expect(plain).toMatchObject({ carriers: [], lastGood: { at: '2026-11-10T12:00:00.000Z' } })
    expect((await (await around('a', { operation: 'verify' })).around()).lastGood).toBeNull()
    expect((await (await around('b')).around()).lastGood).toBeNull()
  })

  test('how its restore points were checked, while all are there', async () => {
    await copied('a', MONDAY, '2026-11-10T12:00:00Z')
    const { rows } = await sql('select id from restore_points')
    const report = { restorePointIds: rows.map(({ id }: { id: string }) => id) }
    expect((await (await around('a', { report })).around()).checked).toBe('sample')
    await sql(`update restore_points set verified_level = 'full'`)
    expect((await (await around('a', { report })).around()).checked).toBe('full')
    await sql('update restore_points set verified_ok = null')
    expect((await (await around('a', { report })).around()).checked).toBeNull()
  })
})
