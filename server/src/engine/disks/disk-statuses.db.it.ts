import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { scriptedDriver } from '../testkit/scripted-driver.ts'
import type { StoredVault } from '../vault-port.ts'
import { diskStatuses } from './disk-statuses.ts'

const MONDAY = '11111111-aaaa'
const NOW = new Date('2026-11-20T12:00:00Z')
const driver = { ...scriptedDriver(), info: { ...scriptedDriver().info, vaultKinds: ['disk-set' as const] } }

let lab: EngineLab
let vault: StoredVault

beforeEach(async () => {
  lab = await openEngineLab([driver])
  const disks = [
    { uuid: MONDAY, label: 'Monday' },
    { uuid: '22222222-bbbb', label: 'Tuesday' },
  ]
  await lab.apply({
    vaults: [{ name: 'disks', kind: 'disk-set', rotation: '14d', disks }],
    jobs: [{ name: 'copy', kind: 'scripted', vault: 'disks' }],
  })
  await lab.test.database.pool.query(`update revisions set at = '2026-11-10T00:00:00Z'`)
  for (const [id, takenAt, ok] of [
    ['rp_1', '2026-11-01T00:00:00Z', true],
    ['rp_2', '2026-11-19T00:00:00Z', false],
  ])
    await lab.test.database.pool.query(
      `insert into restore_points (id, job_id, job_name, job_kind, vault_id, run_id, asset, taken_at, finished_at,
         size_bytes, added_bytes, item_count, details, location, confirmed_at, state, disk, verified_ok)
       select $1, id, name, kind, vault_id, 'run_1', '{}', $2, $2, 1, 1, 1, '{}', 'x', $2, 'present', $4, $3 from jobs`,
      [id, takenAt, ok, JSON.stringify({ uuid: MONDAY, label: 'Monday' })],
    )
  const found = await lab.deps.store.objects.vault('disks')
  if (!found) throw new Error('there is no vault')
  vault = found
})
afterEach(() => lab[Symbol.asyncDispose]())

const statuses = async (nodeIds: readonly string[] | null = null) =>
  (await diskStatuses({ store: lab.deps.store, scope: { nodeIds } }, vault, NOW)) ?? []

test('each disk is told of in the order of the settings, with its last good copy and when it is due', async () => {
  expect(await statuses()).toEqual([
    {
      ...{ uuid: MONDAY, label: 'Monday', state: 'absent', host: null, device: null, seenAt: null },
      ...{ lastCopyAt: '2026-11-01T00:00:00.000Z', pointCount: 2, totalBytes: null, freeBytes: null },
      ...{ dueAt: '2026-11-15T00:00:00.000Z', overdue: true, health: null, healthAt: null },
    },
    expect.objectContaining({
      label: 'Tuesday',
      lastCopyAt: null,
      dueAt: '2026-11-24T00:00:00.000Z',
      overdue: false,
    }),
  ])
})

test('who is limited to nodes does not learn how much others have on it', async () => {
  expect((await statuses(['nod_none'])).map(({ pointCount }) => pointCount)).toEqual([0, 0])
})

test('a vault of one place has no disks', async () => {
  await lab.apply({ vaults: [{ name: 'shelf', kind: 'directory', path: '/srv/shelf' }] })
  const shelf = await lab.deps.store.objects.vault('shelf')
  expect(
    shelf && (await diskStatuses({ store: lab.deps.store, scope: { nodeIds: null } }, shelf, NOW)),
  ).toBeNull()
})

test('in use comes before safe, and safe before merely there', async () => {
  const { disks, runs } = lab.deps.store
  const host = { hostId: 'h1', hostName: 'attic' }
  const stateOf = async () => (await statuses())[0]
  await disks.see(host, [{ vaultId: vault.id, uuid: MONDAY, device: '/dev/sdb1', attachId: 'one' }])
  expect(await stateOf()).toMatchObject({ state: 'present', host: 'attic', device: '/dev/sdb1' })
  await disks.setSafe(vault.id, MONDAY, NOW)
  expect(await stateOf()).toMatchObject({ state: 'safe' })
  const run = await lab.control.startJob('copy', { by: 'user:anna' })
  await lab.test.database.pool.query(`update runs set status = 'running', claim = 'c', disk = $1`, [
    JSON.stringify({ uuid: MONDAY, label: 'Monday', freeBytes: null, totalBytes: null, safeToRemove: false }),
  ])
  expect(await stateOf()).toMatchObject({ state: 'busy' })
  // A command on the machine itself does the run: no worker watches the bay.
  await disks.see(host, [])
  expect(await stateOf()).toMatchObject({ state: 'busy', host: null })
  expect((await runs.get(run.id))?.disk?.label).toBe('Monday')
})

test('what a run said of a disk that nobody had looked for yet stays said, until it is attached anew', async () => {
  const { disks } = lab.deps.store
  const host = { hostId: 'h1', hostName: 'attic' }
  const found = { vaultId: vault.id, uuid: MONDAY, device: '/dev/sdb1' }
  await disks.setSafe(vault.id, MONDAY, NOW)
  await disks.see(host, [{ ...found, attachId: 'one' }])
  expect((await statuses())[0]).toMatchObject({ state: 'safe', device: '/dev/sdb1' })
  await disks.see(host, [{ ...found, attachId: 'two' }])
  expect((await statuses())[0]).toMatchObject({ state: 'present' })
})
