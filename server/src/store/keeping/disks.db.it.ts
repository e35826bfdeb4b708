import { configDocument } from '@holdfast/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DiskStore, FoundDisk } from '../../engine/ports.ts'
import { openTestStore, type TestStore } from '../testkit/test-store.ts'

const EVERYTHING = { nodeIds: null }
const MONDAY = '11111111-aaaa'
const TUESDAY = '22222222-BBBB'
const attic = { hostId: 'h1', hostName: 'attic' }
const cellar = { hostId: 'h2', hostName: 'cellar' }

let opened: TestStore
let disks: DiskStore
let vaultId: string

beforeEach(async () => {
  opened = await openTestStore()
  disks = opened.store.disks
  const members = [
    { uuid: MONDAY, label: 'Monday' },
    { uuid: TUESDAY, label: 'Tuesday' },
  ]
  const document = configDocument.parse({
    vaults: [{ name: 'disks', kind: 'disk-set', disks: members }],
    jobs: ['a', 'b', 'off'].map((name) => ({
      name,
      kind: 'scripted',
      vault: 'disks',
      enabled: name !== 'off',
      config: {},
    })),
  })
  const changes = [...document.vaults, ...document.jobs].map((spec, index) => ({
    kind: index === 0 ? ('vaults' as const) : ('jobs' as const),
    action: 'create' as const,
    name: spec.name,
    fields: [],
  }))
  await opened.store.objects.apply(document, changes, {
    by: 'test',
    nextRunAt: () => null,
    nodeNames: () => [],
    vaultIds: new Map(),
    seen: [],
  })
  vaultId = (await opened.store.objects.vault('disks'))?.id ?? ''
})
afterEach(() => opened[Symbol.asyncDispose]())

const query = (text: string, values: unknown[] = []) => opened.database.pool.query(text, values)
const found = (attachId: string, values: Partial<FoundDisk> = {}): FoundDisk => ({
  vaultId,
  uuid: MONDAY,
  device: '/dev/sdb1',
  attachId,
  ...values,
})
const known = async (uuid = MONDAY) => (await disks.known(vaultId, [uuid], EVERYTHING))[0]
const placeOf = async (uuid = MONDAY) => (await known(uuid))?.place ?? null

test('a disk is told to be plugged in once for each attach, whoever looks', async () => {
  const looks = await Promise.all([1, 2, 3].map(() => disks.see(attic, [found('one')])))
  expect(looks.flat()).toEqual([found('one')])
  expect(await placeOf()).toEqual({ hostId: 'h1', host: 'attic', device: '/dev/sdb1' })
  expect(await disks.see(attic, [])).toEqual([])
  expect(await placeOf()).toBeNull()
  // A worker that listed before it was pulled and writes after.
  expect(await disks.see(attic, [found('one')])).toEqual([])
  expect(await disks.see(attic, [found('two', { device: '/dev/sdc1' })])).toHaveLength(1)
  expect(await placeOf()).toMatchObject({ device: '/dev/sdc1' })
})

test('each machine speaks of its own bay only', async () => {
  await disks.see(attic, [found('one')])
  await disks.see(cellar, [found('x', { uuid: TUESDAY })])
  expect([await placeOf(MONDAY), await placeOf(TUESDAY)]).toMatchObject([
    { host: 'attic' },
    { host: 'cellar' },
  ])
  // Carried from one to the other, and the first one is late to notice.
  expect(await disks.see(cellar, [found('y'), found('x', { uuid: TUESDAY })])).toEqual([found('y')])
  await disks.see(attic, [])
  expect(await placeOf(MONDAY)).toMatchObject({ host: 'cellar' })
})

test('what a machine said is forgotten when it says nothing any more', async () => {
  await disks.see(attic, [found('one')])
  await query(`update disks set seen_at = now() - interval '2 minutes'`)
  expect(await placeOf()).toBeNull()
  expect((await known())?.seenAt).not.toBeNull()
})

test('a disk is safe until it is used, pulled, or plugged in again', async () => {
  const at = new Date('2026-11-20T10:00:00Z')
  await disks.see(attic, [found('one')])
  await disks.setSafe(vaultId, MONDAY, at)
  expect((await known())?.safeAt).toBe(at.toISOString())
  await disks.see(attic, [found('one')])
  expect((await known())?.safeAt).toBe(at.toISOString())
  await disks.setSafe(vaultId, MONDAY, null)
  expect((await known())?.safeAt).toBeNull()
  for (const next of [[], [found('two')]]) {
    await disks.setSafe(vaultId, MONDAY, at)
    await disks.see(attic, next)
    expect((await known())?.safeAt).toBeNull()
  }
})

test('size and health are kept while it is absent, also of one that only a run has seen', async () => {
  const health = { status: 'ok', reallocated: 0, pending: 0, uncorrectable: 0 } as const
  const more = { temperatureCelsius: 31, powerOnHours: 8000, wearPercent: null }
  await disks.setSpace(vaultId, TUESDAY, { totalBytes: 4_000_000_000_000, freeBytes: 1_500_000_000_000 })
  await disks.setHealth(vaultId, TUESDAY, { ...health, ...more }, new Date('2026-11-20T10:00:00Z'))
  expect(await known(TUESDAY)).toMatchObject({
    place: null,
    totalBytes: 4_000_000_000_000,
    freeBytes: 1_500_000_000_000,
    health: { ...health, ...more },
    healthAt: '2026-11-20T10:00:00.000Z',
  })
  expect(await disks.known(vaultId, [TUESDAY, MONDAY], EVERYTHING)).toMatchObject([
    { uuid: TUESDAY, pointCount: 0, isBusy: false },
    { uuid: MONDAY, seenAt: null, health: null, pointCount: 0, isBusy: false },
  ])
})

test('a disk is busy while a run that a worker owns uses it', async () => {
  const [job] = await opened.store.objects.jobs()
  const common = { operation: 'job', slotAt: null, request: null, startedBy: null } as const
  const run = await opened.store.runs.create({
    ...common,
    jobId: job?.id ?? '',
    site: 'main',
    trigger: 'device',
  })
  const disk = JSON.stringify({
    uuid: MONDAY,
    label: 'Monday',
    freeBytes: 1,
    totalBytes: 2,
    safeToRemove: false,
  })
  await query(`update runs set disk = $1, claim = 'c', status = 'running' where id = $2`, [disk, run.id])
  expect([(await known(MONDAY))?.isBusy, (await known(TUESDAY))?.isBusy]).toEqual([true, false])
  await query(`update runs set status = 'finished', outcome = 'success' where id = $1`, [run.id])
  expect((await known(MONDAY))?.isBusy).toBe(false)
})

test('jobs with a run that waits or goes on are not started, nor disabled ones', async () => {
  const names = async (since: string | null = null) =>
    (await disks.startableJobs(vaultId, MONDAY, since)).map(({ name }) => name)
  const jobs = await opened.store.objects.jobs()
  const idOf = (name: string) => jobs.find((job) => job.name === name)?.id ?? ''
  const common = { operation: 'job', slotAt: null, request: null, startedBy: null, site: 'main' } as const
  expect((await names()).toSorted()).toEqual(['a', 'b'])
  const run = await opened.store.runs.create({ ...common, jobId: idOf('a'), trigger: 'device' })
  await opened.store.runs.create({ ...common, jobId: idOf('b'), trigger: 'manual', operation: 'verify' })
  expect(await names()).toEqual(['b'])
  await query(`update runs set status = 'finished', outcome = 'failed' where id = $1`, [run.id])
  expect((await names()).toSorted()).toEqual(['a', 'b'])
  expect(await names(run.createdAt)).toEqual(['b'])
  expect((await names(new Date(Date.parse(run.createdAt) + 60_000).toISOString())).toSorted()).toEqual([
    'a',
    'b',
  ])
})

test('whoever is told of a disk second knows that it is no news', async () => {
  expect(await disks.announce(vaultId, MONDAY)).toEqual({ hostId: null, noticedAt: null })
  expect((await disks.announce(vaultId, MONDAY)).noticedAt).not.toBeNull()
  // The watch of the bay comes second, and then again.
  expect(await disks.see(attic, [found('one')])).toEqual([])
  expect(await disks.see(attic, [found('one')])).toEqual([])
  // The watch came first.
  await disks.see(cellar, [found('x', { uuid: TUESDAY })])
  const second = await disks.announce(vaultId, TUESDAY)
  expect(second).toMatchObject({ hostId: 'h2', noticedAt: expect.any(String) })
  // By hand, for a disk that has been in the bay for long.
  await query(`update disks set attached_at = now() - interval '1 hour'`)
  expect(await disks.announce(vaultId, TUESDAY)).toEqual({ hostId: 'h2', noticedAt: null })
  // Announced long ago, when no worker was running.
  await query(`update disks set host_id = null, attach_id = 'announced' where uuid = $1`, [MONDAY])
  expect(await disks.see(attic, [found('two')])).toEqual([found('two')])
})
