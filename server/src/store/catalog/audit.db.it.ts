import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditFilter } from '@holdfast/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskCopy } from '../../drivers/disk-copy/index.ts'
import { type EngineLab, openEngineLab } from '../../engine/testkit/engine-lab.ts'
import { scriptedDriver } from '../../engine/testkit/scripted-driver.ts'
import { rememberSecret } from '../../kit/secrets.ts'

const scripted = scriptedDriver()

let lab: EngineLab

beforeEach(async () => {
  scripted.script.guards = []
  lab = await openEngineLab([scripted, diskCopy])
})
afterEach(() => lab[Symbol.asyncDispose]())

const entry = (action: string, changes: object = {}) => ({
  by: 'user:anna',
  action,
  object: 'documents',
  objectId: 'job_000000000000',
  details: { revision: 2 },
  ...changes,
})

test('tells who did what, the newest first, of one object or one person', async () => {
  const { audit } = lab.deps.store
  await audit.add(entry('job.start'))
  await audit.add(entry('object.change', { by: 'token:ci of ben' }))
  await audit.add(entry('catalog.reindex', { object: null, objectId: null, details: {} }))
  const { items, next } = await audit.list({})
  expect(next).toBeNull()
  expect(items).toMatchObject([
    { action: 'catalog.reindex', object: null, objectId: null },
    entry('object.change', { by: 'token:ci of ben' }),
    entry('job.start'),
  ])
  expect((await audit.list({ objectId: 'job_000000000000' })).items).toHaveLength(2)
  expect((await audit.list({ by: 'token:ci of ben' })).items).toMatchObject([{ action: 'object.change' }])
})

test('is filtered by person, action, object and time', async () => {
  const { audit } = lab.deps.store
  await audit.add(entry('job.start', { object: 'Mail of ben' }))
  await audit.add(entry('object.change', { by: 'token:jobs of anna of ben' }))
  await audit.add(entry('secret.set', { by: 'user:ben', object: 'a_b%' }))
  const actions = async (filter: AuditFilter) => (await audit.list(filter)).items.map(({ action }) => action)
  expect(await actions({ user: 'ben' })).toEqual(['secret.set', 'object.change'])
  expect(await actions({ user: 'anna' })).toEqual(['job.start'])
  expect(await actions({ action: 'job.start' })).toEqual(['job.start'])
  expect(await actions({ object: 'mail' })).toEqual(['job.start'])
  expect(await actions({ object: '_b%' })).toEqual(['secret.set'])
  const [first] = (await audit.list({ action: 'job.start' })).items
  const after = new Date(Date.parse(first?.at ?? '') + 60_000).toISOString()
  expect(await actions({ from: first?.at, to: after })).toHaveLength(3)
  expect(await actions({ from: after })).toEqual([])
  expect(await actions({ to: first?.at })).toEqual([])
})

test('pages leave out and repeat nothing, also of one instant', async () => {
  const { audit } = lab.deps.store
  for (let number = 0; number < 12; number++) await audit.add(entry(`number.${number}`))
  await lab.test.database.pool.query(
    "update audit set at = timestamptz '2026-11-20 12:00:00.1234Z' + (substr(action, 8)::int / 4) * interval '100 microseconds'",
  )
  const seen: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await audit.list({ limit: 3, after })
    seen.push(...page.items.map((item) => item.id))
    if (page.next === null) break
    after = page.next
  }
  const { rows } = await lab.test.database.pool.query('select id from audit order by at desc, id desc')
  expect(seen).toEqual(rows.map((row) => row.id))
  await expect(audit.list({ after: 'x' })).rejects.toMatchObject({ code: 'request-invalid' })
})

test('keeps no secret that got into a detail', async () => {
  rememberSecret('hunter2-hunter2')
  await lab.deps.store.audit.add(entry('restore.start', { details: { target: '/srv/hunter2-hunter2' } }))
  expect((await lab.deps.store.audit.list({})).items).toMatchObject([{ details: { target: '/srv/***' } }])
})

test('is written by everything that somebody does', async () => {
  const { control } = lab
  const by = 'user:ben'
  scripted.script.guards = [{ code: 'mass-change', message: 'everything changes' }]
  await lab.apply({ jobs: [{ name: 'a', kind: 'scripted' }] })
  const object = await control.getObject('jobs', 'a')
  await lab.startWorker()
  const held = async () => {
    const { id } = await control.startJob('a', { by, trigger: 'api' })
    return await lab.until(id, (run) => run.status === 'held')
  }
  const [refused, canceled, approved] = [await held(), await held(), await held()]
  await control.refuseRun(refused.id, { by: 'user:carla' })
  await control.cancelRun(canceled.id, { by: 'user:carla' })
  await control.approveRun(approved.id, { by: 'user:carla' })
  expect(await lab.finished(approved.id)).toMatchObject({
    trigger: 'api',
    startedBy: by,
    approvedBy: 'user:carla',
    canceledBy: null,
    outcome: 'success',
  })
  expect(await control.getRun(canceled.id)).toMatchObject({ canceledBy: 'user:carla' })
  await control.reindex({ paths: [], dryRun: true, by })
  await control.reindex({ paths: [], dryRun: false, by })
  const { items } = await control.listAudit({})
  const job = { object: 'a', objectId: object.id }
  const start = { by, action: 'job.start', ...job }
  expect(items.toReversed()).toMatchObject([
    { by: 'test', action: 'object.create', ...job, details: { kind: 'jobs', revision: 1 } },
    { by: 'test', action: 'config.apply', details: { created: 1, changed: 0, deleted: 0 } },
    { ...start, details: { runId: refused.id } },
    { ...start, details: { runId: canceled.id } },
    { ...start, details: { runId: approved.id } },
    { by: 'user:carla', action: 'run.refuse', object: 'a', objectId: refused.id },
    { by: 'user:carla', action: 'run.cancel', object: 'a', objectId: canceled.id },
    { by: 'user:carla', action: 'run.approve', object: 'a', objectId: approved.id },
    { by, action: 'catalog.reindex-start', object: null, details: { paths: 0 } },
    { by, action: 'catalog.reindex', object: null, details: { vaults: 0, added: 0, missing: 0 } },
  ])
  // What failed or changed nothing was not done.
  await expect(control.cancelRun(canceled.id, { by })).rejects.toMatchObject({ code: 'run-state' })
  await expect(control.approveRun(refused.id, { by })).rejects.toMatchObject({ code: 'run-state' })
  expect((await control.listAudit({})).items).toHaveLength(items.length)
})

test('tells what was done with restore points', async () => {
  const { control } = lab
  const by = 'user:anna'
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-audit-'))
  try {
    await mkdir(join(directory, 'source'))
    const at = (name: string) => join(directory, name)
    await writeFile(at('source/file'), 'text')
    await lab.apply({
      vaults: [{ name: 'v', kind: 'directory', path: at('vault'), minFree: '1MiB' }],
      jobs: [{ name: 'files', kind: 'disk-copy', vault: 'v', config: { source: at('source') } }],
    })
    await lab.startWorker()
    expect(await lab.finished((await control.startJob('files', { by })).id)).toMatchObject({
      outcome: 'success',
    })
    const { id, takenAt } = await control.getPoint('files')
    await control.protectPoint(id, true, { by })
    await control.protectPoint(id, false, { by })
    const [check] = await control.startVerify([id], 'full', { by })
    const restore = await control.startRestore({ restorePointId: id, target: at('restored') }, { by })
    expect([check?.startedBy, restore.startedBy]).toEqual([by, by])
    await lab.finished(restore.id)
    const { items } = await control.listAudit({ by, limit: 4 })
    expect(items.toReversed()).toMatchObject([
      { action: 'point.protect', object: 'files', objectId: id, details: { takenAt } },
      { action: 'point.unprotect', object: 'files', objectId: id },
      { action: 'verify.start', object: 'files', details: { runId: check?.id, points: 1, level: 'full' } },
      { action: 'restore.start', details: { runId: restore.id, point: id, target: at('restored') } },
    ])
  } finally {
    await rm(directory, { recursive: true })
  }
})
