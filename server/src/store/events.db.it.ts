import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Change } from '../api/ports.ts'
import { type EngineLab, openEngineLab } from '../engine/testkit/engine-lab.ts'
import { scriptedDriver } from '../engine/testkit/scripted-driver.ts'
import { changeSource, notifyChange } from './events.ts'

const driver = scriptedDriver()
const kept = scriptedDriver('kept')
const keeper = { ...kept, info: { ...kept.info, vaultKinds: ['directory' as const] } }
const PATIENCE_MS = 60_000

let lab: EngineLab
/** What one listener heard, in order. */
let heard: (Change | 'missed')[]
let listening: AsyncDisposable

const listener = {
  change: (change: Change) => void heard.push(change),
  missed: () => void heard.push('missed'),
}

async function until(is: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!is()) {
    if (performance.now() > deadline) throw new Error(`heard only ${JSON.stringify(heard)}`)
    await sleep(5)
  }
}

/** Everything that was heard since the last call, once a mark that is sent now has arrived behind it. */
async function since(): Promise<(Change | 'missed')[]> {
  const mark = `mark_${Math.random()}`
  const text = JSON.stringify({ topic: 'locks', runId: mark })
  await query("select pg_notify('holdfast', $1)", [text])
  await until(() => heard.some((change) => change !== 'missed' && change.runId === mark))
  return heard.splice(0).filter((change) => change === 'missed' || change.runId !== mark)
}

const query = async (text: string, values: unknown[] = []) =>
  (await lab.test.database.pool.query(text, values)).rows
const connections = async () =>
  (
    await query(
      "select pid from pg_stat_activity where application_name = 'holdfast-events' and datname = current_database()",
    )
  ).length

const source = () => changeSource({ connection: lab.test.connection, onError: () => {} })

beforeEach(async () => {
  driver.script.guards = []
  driver.script.run = async () => {}
  lab = await openEngineLab([driver, keeper])
  heard = []
  listening = await source().listen(listener)
})
afterEach(async () => {
  await listening[Symbol.asyncDispose]()
  await lab[Symbol.asyncDispose]()
})

describe('what changes is told', () => {
  test('about a run from its creation to its end, with job and node', async () => {
    await lab.apply({
      nodes: [{ name: 'n', kind: 'host' }],
      jobs: [{ name: 'a', kind: 'scripted', node: 'n' }],
    })
    const [{ id: nodeId }] = (await query('select id from nodes')) as [{ id: string }]
    await since()
    const run = await lab.control.startJob('a', { by: 'anna' })
    const change = { topic: 'runs', runId: run.id, jobId: run.jobId, nodeId }
    expect((await since()).filter((told) => told !== 'missed' && told.topic === 'runs')).toEqual([change])
    await lab.startWorker()
    await lab.finished(run.id)
    const told = await since()
    // Claimed, planned and finished at the least, where nothing is kept; and its locks were taken and given back.
    expect(told.filter((one) => one !== 'missed' && one.runId === run.id).length).toBeGreaterThanOrEqual(3)
    expect(told).toContainEqual({ topic: 'locks' })
    expect(told).toContainEqual({ topic: 'workers' })
  })

  test('about configuration and outside locks', async () => {
    await since()
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted' }] })
    expect((await since()).map((told) => told !== 'missed' && told.topic)).toContain('objects')
    const lock = { name: 'x', holder: 'script', leaseSeconds: 60, waitSeconds: 0 }
    await lab.control.acquireLock(lock)
    expect(await since()).toEqual([{ topic: 'locks' }])
    await lab.control.releaseLock('x', 'script')
    expect(await since()).toEqual([{ topic: 'locks' }])
  })

  test('about restore points that are added, protected, verified and removed', async () => {
    await lab.apply({
      vaults: [{ name: 'v', kind: 'directory', path: '/nowhere' }],
      jobs: [{ name: 'a', kind: 'kept', vault: 'v' }],
    })
    const job = await lab.deps.store.objects.job('a')
    const id = 'rp_000000000001'
    const at = '2026-11-20T10:00:00.000Z'
    const manifest = {
      format: 'holdfast-restore-point/1' as const,
      id,
      jobId: job?.id ?? '',
      jobName: 'a',
      jobKind: 'kept',
      vaultId: job?.vault?.id ?? '',
      disk: null,
      runId: 'run_000000000001',
      asset: { kind: 'folder', key: '/x', name: 'x' },
      takenAt: at,
      finishedAt: at,
      sizeBytes: 1,
      addedBytes: 1,
      itemCount: 1,
      details: {},
    }
    const told = { topic: 'points', jobId: job?.id }
    const { points } = lab.deps.store
    await since()
    await points.add([{ manifest, location: '/x' }], new Date())
    expect(await since()).toEqual([told])
    await points.setProtected(id, true)
    expect(await since()).toEqual([told])
    await points.setProtected(id, false)
    await points.setVerified(id, { verifiedAt: at, verifiedLevel: 'full', verifiedOk: true })
    expect(await since()).toEqual([told, told])
    await points.beginRemoval(id)
    expect(await since()).toEqual([told])
  })

  test('only when the transaction commits', async () => {
    await since()
    const undone = lab.test.database.db.transaction().execute(async (trx) => {
      await notifyChange(trx, { topic: 'locks' })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await since()).toEqual([])
  })

  test('and what nobody can read is passed over', async () => {
    await since()
    for (const text of ['{', '{"topic":"weather"}', '[]'])
      await query("select pg_notify('holdfast', $1)", [text])
    expect(await since()).toEqual([])
  })
})

test('a log line is heard elsewhere a tenth of a second after it was written', async () => {
  await lab.apply({ jobs: [{ name: 'a', kind: 'scripted' }] })
  const delays: number[] = []
  driver.script.run = async (cx) => {
    for (let count = 0; count < 15; count++) {
      await since()
      const writtenAt = performance.now()
      cx.log.info('tick', { count })
      await until(() => heard.some((change) => change !== 'missed' && change.runId === cx.runId))
      delays.push(performance.now() - writtenAt)
      // Not in step with the regular tick.
      await sleep(37 * (count % 5))
    }
  }
  await lab.startWorker()
  await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
  const median = delays.toSorted((a, b) => a - b)[7] ?? Number.POSITIVE_INFINITY
  expect(median).toBeLessThan(5000)
})

describe('the connection', () => {
  test('is one for all listeners and closed with the last', async () => {
    await listening[Symbol.asyncDispose]()
    const shared = source()
    const all = await Promise.all([shared.listen(listener), shared.listen(listener)])
    expect(await connections()).toBe(1)
    await query("select pg_notify('holdfast', $1)", [JSON.stringify({ topic: 'locks' })])
    await until(() => heard.length === 2)
    await all[0][Symbol.asyncDispose]()
    expect(await connections()).toBe(1)
    await all[1][Symbol.asyncDispose]()
    expect(await connections()).toBe(0)
  })

  test('that broke is made again, and what may have been missed is said', async () => {
    await since()
    await query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'holdfast-events' and datname = current_database()",
    )
    await until(() => heard.includes('missed'))
    heard = []
    await query("select pg_notify('holdfast', $1)", [JSON.stringify({ topic: 'workers' })])
    await until(() => heard.length > 0)
    expect(heard).toEqual([{ topic: 'workers' }])
  })

  test('that cannot be made at first is an error of who listens', async () => {
    const nowhere = changeSource({ connection: { host: '127.0.0.1', port: 1 }, onError: () => {} })
    await expect(nowhere.listen(listener)).rejects.toMatchObject({ code: 'database-unreachable' })
  })
})
