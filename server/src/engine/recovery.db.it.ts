import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hostIdentity, processStart } from '../kit/host.ts'
import type { StoredRun, WorkerIdentity } from './ports.ts'
import { isGone, recoverLost } from './recovery.ts'
import { type EngineLab, openEngineLab } from './testkit/engine-lab.ts'
import { scriptedDriver, taken, tokenResource } from './testkit/scripted-driver.ts'

const driver = scriptedDriver()
const host = hostIdentity()
let lab: EngineLab

beforeEach(async () => {
  taken.clear()
  driver.script.guards = []
  driver.script.run = async () => {}
  lab = await openEngineLab([driver])
  await lab.apply({ jobs: [{ name: 'a', kind: 'scripted' }] })
})
afterEach(() => lab[Symbol.asyncDispose]())

/** A process that sweeps and works on nothing. */
const self = { workerId: 'wrk_sweeper00000', works: () => false }
const leftovers = (runId: string) => lab.deps.store.journal.leftovers(runId, 'no claim')

const dead: WorkerIdentity = {
  id: 'wrk_000000000000',
  site: 'main',
  ...host,
  // No process has this start time.
  pid: process.pid,
  processStart: '1',
}

/** A run as a worker leaves it that was killed in the middle: claimed, with something in the journal. */
async function abandonedRun(
  worker: WorkerIdentity,
  key: string,
  scope: 'host' | 'anywhere' = 'host',
): Promise<StoredRun> {
  const { store } = lab.deps
  await store.workers.register(worker)
  const { id } = await lab.control.startJob('a', { by: 'anna' })
  const owner = { claim: `claim-${key}`, workerId: worker.id, now: new Date() }
  const result = await store.runs.claim(id, owner, (_run, job) => ({
    action: 'start',
    locks: [{ name: `job:${job.id}`, mode: 'exclusive' }],
  }))
  if (result.state !== 'claimed') throw new Error(result.state)
  taken.add(key)
  await store.journal.add({
    runId: id,
    claim: owner.claim,
    kind: tokenResource.kind,
    scope,
    hostId: worker.hostId,
    data: { key },
  })
  return result.run
}

describe('a dead worker', () => {
  test('its run is lost, what it held is released, and the run is planned again', async () => {
    const lost = await abandonedRun(dead, 'mount')
    await lab.startWorker()
    expect(await lab.finished(lost.id)).toMatchObject({ outcome: 'lost', error: { code: 'worker-lost' } })
    expect(taken.size).toBe(0)
    const [successor] = (await lab.control.listRuns({ limit: 1 })).items
    expect(successor).toMatchObject({ trigger: 'recovery', recoversRunId: lost.id })
    expect(await lab.finished(successor?.id ?? '')).toMatchObject({ outcome: 'success' })
    expect(await lab.control.listLocks()).toEqual([])
    expect(await lab.deps.store.journal.orphans()).toEqual([])
  })

  test('two sweeps at once make one successor', async () => {
    const lost = await abandonedRun(dead, 'mount')
    const found = await Promise.all(
      ['a', 'b', 'c'].map((name) => recoverLost(lab.deps, { ...self, workerId: `wrk_${name}` })),
    )
    expect(found.flat()).toHaveLength(1)
    const { items: runs } = await lab.control.listRuns({})
    expect(runs.filter((run) => run.recoversRunId === lost.id)).toHaveLength(1)
  })

  test('that comes back to life cannot write to the run any more', async () => {
    const lost = await abandonedRun(dead, 'mount')
    await recoverLost(lab.deps, self)
    const { runs } = lab.deps.store
    const end = {
      outcome: 'success' as const,
      error: null,
      report: null,
      assets: [],
      vaultSize: null,
      steps: [],
      lines: [],
    }
    await expect(runs.finish(lost, end)).rejects.toMatchObject({ code: 'worker-lost' })
    await expect(runs.setStatus(lost, 'running', { steps: [], lines: [] })).rejects.toMatchObject({
      code: 'worker-lost',
    })
    const beat = await runs.pulse(dead, [
      {
        id: lost.id,
        claim: lost.claim ?? '',
        progress: null,
        hasNews: false,
        news: { steps: [], lines: [] },
      },
    ])
    expect(beat.lost).toEqual([lost.id])
  })

  test('a run that keeps killing its workers is not planned for ever', async () => {
    let run = await abandonedRun(dead, 'r0')
    for (let round = 1; round <= 4; round++) {
      const [successor] = await recoverLost(lab.deps, self)
      if (!successor) {
        expect(round).toBe(4)
        break
      }
      const owner = { claim: `again-${round}`, workerId: dead.id, now: new Date() }
      const result = await lab.deps.store.runs.claim(successor.id, owner, () => ({
        action: 'start',
        locks: [],
      }))
      if (result.state !== 'claimed') throw new Error(result.state)
      run = result.run
    }
    expect(await lab.control.getRun(run.id)).toMatchObject({ outcome: 'lost' })
    expect(await lab.deps.store.runs.live()).toEqual([])
  })

  test('a canceled run that was lost is not planned again', async () => {
    const lost = await abandonedRun(dead, 'mount')
    await lab.control.cancelRun(lost.id, { by: 'anna' })
    expect(await recoverLost(lab.deps, self)).toEqual([])
    expect(await lab.control.getRun(lost.id)).toMatchObject({ status: 'finished', outcome: 'lost' })
  })
})

describe('a worker on another machine', () => {
  const elsewhere = { ...dead, hostId: 'elsewhere', hostName: 'elsewhere' }

  test('is left alone while it gives signs of life, and taken over when it falls silent', async () => {
    const run = await abandonedRun(elsewhere, 'remote', 'anywhere')
    expect(await recoverLost(lab.deps, self)).toEqual([])
    await lab.test.database.pool.query("update workers set seen_at = now() - interval '40 seconds'")
    expect(await recoverLost(lab.deps, self)).toHaveLength(1)
    expect(await lab.control.getRun(run.id)).toMatchObject({ outcome: 'lost' })
    expect(taken.size).toBe(0)
  })

  test('leaves what only it can release in the journal, for when it is back', async () => {
    const run = await abandonedRun(elsewhere, 'mount-there')
    await lab.test.database.pool.query("update workers set seen_at = now() - interval '40 seconds'")
    expect(await recoverLost(lab.deps, self)).toHaveLength(1)
    expect(taken.has('mount-there')).toBe(true)
    expect(await leftovers(run.id)).toHaveLength(1)
    await recoverLost({ ...lab.deps, host: { ...host, hostId: 'elsewhere' } }, self)
    expect(taken.size).toBe(0)
    expect(await leftovers(run.id)).toEqual([])
  })
})

describe('a living worker', () => {
  test('takes up a run whose end it could not write', async () => {
    let fail = true
    const { store } = lab.deps
    const runs = { ...store.runs }
    runs.finish = async (run, end) => {
      if (fail) throw new Error('connection refused')
      await store.runs.finish(run, end)
    }
    runs.requeue = async () => {
      throw new Error('connection refused')
    }
    const worker = await lab.startWorker({ deps: { ...lab.deps, store: { ...store, runs } } })
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    await lab.until(id, (run) => run.status === 'running' || run.status === 'pruning')
    await sleep(200)
    fail = false
    expect(await lab.finished(id)).toMatchObject({ outcome: 'lost' })
    const [successor] = (await lab.control.listRuns({ limit: 1 })).items
    expect(await lab.finished(successor?.id ?? '')).toMatchObject({ outcome: 'success' })
    await worker.stop()
  })
})

test('a worker that shares our process table is gone when its process is; any other one when it is silent', () => {
  const worker = { ...dead, silentMs: 0 }
  expect(isGone(worker, host)).toBe(true)
  expect(isGone({ ...worker, pid: 2 ** 22 + 1 }, host)).toBe(true)
  expect(isGone({ ...worker, processStart: processStart(process.pid) ?? '', silentMs: 60_000 }, host)).toBe(
    false,
  )
  // A clone of this machine, a container on its kernel, or this machine before a reboot: none is in our table.
  expect(isGone({ ...worker, bootId: 'another' }, host)).toBe(false)
  expect(isGone({ ...worker, bootId: 'another', silentMs: 60_000 }, host)).toBe(true)
})

test('what an earlier attempt of the same run left is released before the next one takes anything', async () => {
  const lost = await abandonedRun(dead, 'mount')
  // Back in the queue by hand: the journal still holds what the first attempt took.
  await lab.test.database.pool.query("update runs set status = 'queued', claim = null where id = $1", [
    lost.id,
  ])
  await lab.test.database.pool.query('delete from locks')
  const seen: boolean[] = []
  driver.script.run = async () => {
    seen.push(taken.has('mount'))
  }
  await lab.startWorker()
  expect(await lab.finished(lost.id)).toMatchObject({ outcome: 'success' })
  expect(seen).toEqual([false])
})

test('a resource of a kind that this version does not know stays in the journal', async () => {
  const lost = await abandonedRun(dead, 'mount')
  await lab.test.database.pool.query("update journal set kind = 'from-the-future'")
  await recoverLost(lab.deps, self)
  expect(await lab.control.getRun(lost.id)).toMatchObject({ outcome: 'lost' })
  expect(await leftovers(lost.id)).toHaveLength(1)
})
