import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { describe, expect, test } from 'vitest'
import { generatedEstate } from '../../../../tools/lab/veeam/veeam-lab.ts'
import { SyncBench } from './testkit/sync-bench.ts'

const KILLS = 15
const CLASSES = ['Infrastructure', 'VirtualServer', 'PhysicalServer', 'Storage', 'BackupJob']
const DOMAINS = ['InfrastructureCI', 'CIDependency']

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => 'nothing',
    (error: unknown) => error,
  )
  return thrown instanceof HoldfastError ? thrown.code : String(thrown)
}

/** Everything by its Code, without what only tells when and in which order it was made. */
function contentsOf({ cmdb: { store } }: SyncBench): string[] {
  const code = (id: number) => String(store.card(id).values.Code)
  const cards = CLASSES.flatMap((className) =>
    store
      .cards(className)
      .map(({ id }) => JSON.stringify([className, Object.entries(store.shown(id)).sort()])),
  )
  const relations = DOMAINS.flatMap((domain) =>
    store
      .relations(domain)
      .map(({ sourceId, destinationId }) => `${domain}: ${code(sourceId)} > ${code(destinationId)}`),
  )
  return [...cards, ...relations].sort()
}

/** As if nothing had ever gone wrong: the same contents, each thing once, and nothing left to do. */
async function expectTrue(bench: SyncBench, estate = {}): Promise<void> {
  await using other = await SyncBench.prepared(estate)
  await other.run()
  const contents = contentsOf(bench)
  expect(new Set(contents).size).toBe(contents.length)
  expect(contents).toEqual(contentsOf(other))
  expect((await bench.plan()).changes).toEqual([])
}

function expectNoSessions({ cmdb, veeam }: SyncBench): void {
  expect({ cmdb: cmdb.openSessions, veeam: veeam.openSessions }).toEqual({ cmdb: 0, veeam: 0 })
}

test('a process that is killed again and again leaves what the next one completes', async () => {
  const estate = () => ({ veeam: { estate: generatedEstate({ machines: 400, backups: 5 }) } })
  await using bench = await SyncBench.prepared(estate())
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-syncing-'))
  const [job, world] = [join(directory, 'job.json'), join(directory, 'world.json')]
  try {
    await writeFile(job, JSON.stringify(bench.job))
    await writeFile(world, JSON.stringify({ remembered: null, secrets: bench.secrets, now: bench.now }))
    /** Kills it once it has begun so many writes. */
    const run = async (killAfter: number | null) => {
      const child = fork(new URL('testkit/syncing-process.ts', import.meta.url), [job, world])
      const ended = once(child, 'exit')
      bench.cmdb.forgetRequests()
      while (killAfter !== null && child.exitCode === null && bench.cmdb.writeRequests < killAfter)
        await sleep(1)
      if (killAfter !== null) child.kill('SIGKILL')
      return (await ended) as [number | null, string | null]
    }
    for (let kill = 0; kill < KILLS; kill += 1)
      expect(await run(1 + Math.floor(Math.random() * 40))).toEqual([null, 'SIGKILL'])
    // Each was killed in the session in which it wrote; those in which it read were over.
    expect(bench.veeam.openSessions).toBe(0)
    expect(bench.cmdb.openSessions).toBeLessThanOrEqual(KILLS)
    expect(await run(null)).toEqual([0, null])
    expect(bench.cmdb.openSessions).toBeLessThanOrEqual(KILLS)
    await expectTrue(bench, estate())
  } finally {
    await rm(directory, { recursive: true })
  }
})

describe('a connection that breaks', () => {
  test('after something was written: the run ends, and the next one finds it', async () => {
    await using bench = await SyncBench.prepared()
    bench.cmdb.faults.everyWrite(9, { lose: true })
    let failures = 0
    while ((await codeOf(bench.run())) !== 'nothing') {
      failures += 1
      expect(failures).toBeLessThan(30)
      expectNoSessions(bench)
    }
    expect(failures).toBeGreaterThan(5)
    bench.cmdb.faults.clear()
    await expectTrue(bench)
  })

  test('before anything was written is no different', async () => {
    await using bench = await SyncBench.prepared()
    bench.cmdb.faults.next({ reset: true }, { method: 'POST', path: /\/cards$/ })
    expect(await codeOf(bench.run())).toBe('node-unreachable')
    await bench.run()
    expectNoSessions(bench)
    await expectTrue(bench)
  })

  test('while something is changed or read: it is asked once more', async () => {
    await using bench = await SyncBench.prepared()
    await bench.run()
    for (const { id } of bench.cmdb.store.cards('Storage')) bench.cmdb.store.setCard(id, { Name: 'mine' })
    bench.cmdb.faults.next({ lose: true }, { method: 'PUT' }, 2)
    bench.cmdb.faults.next({ reset: true }, { method: 'GET' }, 2)
    bench.veeam.faults.next('restorePoints', { kind: 'reset' })
    bench.veeam.faults.next('backupObjects', { kind: 'cut' })
    expect((await bench.run()).result.counts).toMatchObject({ updated: 8, failed: 0 })
    await expectTrue(bench)
  })
})

describe('a session that ends', () => {
  test('in the middle, on both sides and again and again, is renewed', async () => {
    await using bench = await SyncBench.prepared()
    bench.veeam.faults.next('backupObjects', { kind: 'expire-tokens' })
    bench.veeam.faults.next('restorePoints', { kind: 'expire-tokens', refresh: true })
    const cx = bench.context()
    cx.progress = ({ doneItems = 0 }) => {
      if (doneItems % 10 === 0) bench.cmdb.faults.expireSessions()
    }
    const { result } = await bench.run(cx)
    expect(result.counts).toMatchObject({ created: 38, failed: 0 })
    expect(bench.cmdb.requests.filter(({ status }) => status === 401).length).toBeGreaterThan(3)
    expectNoSessions(bench)
    await expectTrue(bench)
  })
})

describe('a server that is busy', () => {
  test('is asked again when it says so', async () => {
    await using bench = await SyncBench.prepared()
    bench.cmdb.faults.next({ status: 503, retryAfter: 0 }, { method: 'GET' }, 3)
    bench.veeam.faults.next('backups', { kind: 'status', status: 503, retryAfter: '0' }, { times: 2 })
    expect((await bench.run()).result.counts).toMatchObject({ created: 38, failed: 0 })
    await expectTrue(bench)
  })

  test('when something was to be made: nobody knows whether it was, and the next run looks', async () => {
    await using bench = await SyncBench.prepared()
    bench.cmdb.faults.next({ status: 503, retryAfter: 0 }, { method: 'POST', path: /\/cards$/ })
    await codeOf(bench.run())
    await bench.run()
    expectNoSessions(bench)
    await expectTrue(bench)
  })

  test.each(['veeam', 'cmdb'] as const)('%s: whoever cancels does not wait for it', async (side) => {
    await using bench = await SyncBench.prepared()
    if (side === 'veeam') bench.veeam.faults.next('restorePoints', { kind: 'hang' })
    else bench.cmdb.faults.next({ hang: true }, { method: 'POST', path: /\/cards$/ })
    const cx = bench.context()
    const running = codeOf(bench.run(cx))
    const paths = () => [...bench.veeam.requests, ...bench.cmdb.requests].map(({ path }) => path)
    while (!paths().some((path) => path.endsWith(side === 'veeam' ? '/restorePoints' : '/cards')))
      await sleep(5)
    await sleep(300)
    const canceledAt = performance.now()
    cx.cancel()
    expect(await running).toBe('run-canceled')
    expect(performance.now() - canceledAt).toBeLessThan(8000)
    expectNoSessions(bench)
    await bench.run()
    await expectTrue(bench)
  })
})

describe('a CMDB that refuses', () => {
  test('one class: the rest is written, and the class once it may be', async () => {
    await using bench = await SyncBench.prepared()
    const { store, faults } = bench.cmdb
    faults.forbidClass('Storage')
    const { cx, result } = await bench.run()
    expect(cx.warnings.join('\n')).toContain('Storage')
    expect(result.counts.created).toBe(38 - 8)
    expect(store.cards('Storage')).toHaveLength(0)
    store.setRights('Storage', { canRead: true, canCreate: true, canUpdate: true, canDelete: true })
    await bench.run()
    await expectTrue(bench)
  })

  test('every fifth write: the others are done, and those in the next run', async () => {
    await using bench = await SyncBench.prepared()
    bench.cmdb.faults.everyWrite(5, { status: 500 })
    const { cx, result } = await bench.run()
    const { failed = 0, created = 0 } = result.counts
    expect(failed).toBeGreaterThan(5)
    expect(created).toBeGreaterThan(20)
    expect(cx.warnings.length).toBeGreaterThanOrEqual(failed)
    bench.cmdb.faults.clear()
    await bench.run()
    expectNoSessions(bench)
    await expectTrue(bench)
  })

  test('all that has changed, where the rest is true: a warning, and what is missing is missed all the same', async () => {
    await using bench = await SyncBench.prepared()
    await bench.run()
    const { estate } = bench.veeam
    const [job] = estate.jobs
    if (job) job.lastResult = 'Failed'
    const gone = estate.backupObjects.filter(({ name }) => name === 'web01').map(({ id }) => id)
    expect(gone.length).toBeGreaterThan(0)
    estate.backupObjects = estate.backupObjects.filter(({ id }) => !gone.includes(id))
    estate.restorePoints = estate.restorePoints.filter(({ backupObjectId }) => !gone.includes(backupObjectId))
    bench.cmdb.faults.everyWrite(1, { status: 400 })
    const { cx, result } = await bench.run()
    expect(result.counts).toMatchObject({ created: 0, updated: 0 })
    expect(result.counts.failed).toBeGreaterThan(0)
    expect(cx.warnings.length).toBeGreaterThan(0)
    expect(JSON.stringify(result.remember)).toContain('since')
    expectNoSessions(bench)
  })

  test('everything: that is a failure of the run', async () => {
    await using bench = await SyncBench.prepared()
    bench.cmdb.faults.everyWrite(1, { status: 400 })
    expect(await codeOf(bench.run())).toBe('node-refused')
    expectNoSessions(bench)
  })
})
