import { setTimeout as sleep } from 'node:timers/promises'
import { HoldfastError, phraseText } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EngineLab, openEngineLab } from './testkit/engine-lab.ts'
import { scriptedDriver, taken, tokenResource } from './testkit/scripted-driver.ts'

const driver = scriptedDriver()
let lab: EngineLab

beforeEach(async () => {
  taken.clear()
  driver.script.guards = []
  driver.script.run = async () => {}
  lab = await openEngineLab([driver])
})
afterEach(() => lab[Symbol.asyncDispose]())

const job = (spec: object = {}) => ({ jobs: [{ name: 'a', kind: 'scripted', ...spec }] })
const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )

describe('a run', () => {
  test('leaves steps, log and report, and nothing taken', async () => {
    await lab.apply(job())
    driver.script.run = async (cx) => {
      await using token = await cx.acquire(tokenResource, { key: cx.runId })
      expect(await lab.deps.store.journal.leftovers(cx.runId, 'other')).toHaveLength(1)
      expect(taken.has(token.handle)).toBe(true)
      cx.log.info('hello', { number: 1 })
    }
    await lab.startWorker()
    const run = await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    expect(run).toMatchObject({ outcome: 'success', attempt: 1, report: { summary: 'done' } })
    const steps = await lab.control.listSteps(run.id)
    expect(steps.map((step) => [step.name, step.outcome])).toEqual([
      ['plan', 'success'],
      ['work', 'success'],
    ])
    const lines = await lab.control.readLog(run.id, -1, 10)
    expect(lines).toMatchObject([
      { message: 'attempt begins', fields: { operation: 'job', attempt: 1, startedBy: 'anna' } },
      { message: 'step finished', fields: { step: 'plan' } },
      { message: 'planned' },
      { level: 'info', message: 'hello', fields: { number: 1 } },
      { message: 'step finished', fields: { step: 'work' } },
      { message: 'run ends', fields: { outcome: 'success' } },
    ])
    expect(taken.size).toBe(0)
    expect(await lab.deps.store.journal.leftovers(run.id, 'other')).toEqual([])
    expect(await lab.control.listLocks()).toEqual([])
  })

  test('that has ended has all its steps and lines, however slow the heartbeat writes', async () => {
    await lab.apply(job())
    const { runs } = lab.deps.store
    const pulse: typeof runs.pulse = async (...beat) => {
      await sleep(400)
      return await runs.pulse(...beat)
    }
    const slow = { ...lab.deps, store: { ...lab.deps.store, runs: { ...runs, pulse } } }
    driver.script.run = async (cx) => {
      await cx.step('inner', async () => cx.log.info('told'))
      // Long enough that the heartbeat has taken the end of the step, and too short for it to be written.
      await sleep(200)
    }
    await lab.startWorker({ deps: slow })
    const { id } = await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    const steps = await lab.control.listSteps(id)
    expect(steps.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['plan', 'success'],
      ['work', 'success'],
      ['inner', 'success'],
    ])
    const lines = await lab.control.readLog(id, -1, 100)
    expect(lines.map(({ message }) => message)).toContain('told')
  })

  test('with a warning ends as warning', async () => {
    await lab.apply(job())
    const warning = { text: 'one file could not be read', key: 'scripted.unread', values: { count: 1 } }
    driver.script.run = async (cx) => cx.warn(warning)
    await lab.startWorker()
    const run = await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    expect(run).toMatchObject({ outcome: 'warning', report: { warnings: [warning] } })
  })

  test('that fails says who must act and gives back what it took, even what it forgot', async () => {
    await lab.apply(job())
    driver.script.run = async (cx) => {
      await cx.acquire(tokenResource, { key: 'forgotten' })
      throw new HoldfastError('vault-full', 'no space left')
    }
    await lab.startWorker()
    const run = await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    expect(run).toMatchObject({ outcome: 'failed', error: { code: 'vault-full', kind: 'capacity' } })
    expect(run.error?.hint).toContain('Free space')
    expect(taken.size).toBe(0)
  })

  test('that meets something nobody classified is a bug, not a success', async () => {
    await lab.apply(job())
    driver.script.run = async () => {
      throw new TypeError('x is not a function')
    }
    await lab.startWorker()
    const run = await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    expect(run).toMatchObject({
      outcome: 'failed',
      error: { code: 'invariant-broken', message: 'x is not a function' },
    })
  })

  test('that cannot reach the other side is tried again, then fails', async () => {
    await lab.apply(job({ attempts: 2 }))
    let tries = 0
    driver.script.run = async () => {
      tries++
      throw new HoldfastError('no-progress', 'nothing moves')
    }
    await lab.startWorker()
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    const waiting = await lab.until(id, (run) => run.status === 'queued' && run.attempt === 2)
    expect(phraseText(waiting.waitingFor ?? '')).toContain('attempt 2 of 2')
    const { items } = await lab.control.listRuns({ job: 'a' })
    const values = { next: 2, attempts: 2, error: 'nothing moves' }
    expect(items).toMatchObject([{ waitingFor: { key: 'engine.waiting.attempt', values } }])
    // The pause is half a minute: take it away, and the message with it, instead of sitting through it.
    await lab.test.database.pool.query('update runs set not_before = null where id = $1', [id])
    await lab.test.database.pool.query('delete from pgboss.job')
    expect(await lab.deps.store.runs.resend(new Date(Date.now() + 1000))).toBe(1)
    const run = await lab.finished(id)
    expect(run).toMatchObject({ outcome: 'failed', attempt: 2, error: { code: 'no-progress' } })
    expect(tries).toBe(2)
    const steps = await lab.control.listSteps(id)
    expect(steps.filter((step) => step.name === 'work').map((step) => step.attempt)).toEqual([1, 2])
  })

  test('is canceled within moments, and what it held is given back', async () => {
    await lab.apply(job())
    driver.script.run = async (cx) => {
      await using _token = await cx.acquire(tokenResource, { key: 'held' })
      cx.progress({ doneBytes: 5000, movedBytes: 4096 })
      await cx.step('read', async () => {
        cx.progress({ doneBytes: 7 })
        await aborted(cx.signal)
      })
    }
    await lab.startWorker()
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    await lab.until(id, (run) => run.status === 'running' && taken.has('held'))
    await lab.control.cancelRun(id, { by: 'anna' })
    const run = await lab.finished(id)
    expect(run).toMatchObject({
      outcome: 'canceled',
      error: { code: 'run-canceled', message: 'canceled by anna' },
      report: { bytesMoved: 4096 },
    })
    expect(taken.size).toBe(0)
  })

  test('is canceled at once while it is queued', async () => {
    await lab.apply(job())
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    await lab.control.cancelRun(id, { by: 'anna' })
    expect(await lab.control.getRun(id)).toMatchObject({ status: 'finished', outcome: 'canceled' })
    await expect(lab.control.cancelRun(id, { by: 'anna' })).rejects.toMatchObject({ code: 'run-state' })
  })

  test('ends at its time limit', async () => {
    await lab.apply(job({ timeLimit: '1s' }))
    driver.script.run = (cx) => aborted(cx.signal)
    await lab.startWorker()
    const run = await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    expect(run).toMatchObject({ outcome: 'failed', error: { code: 'time-limit' } })
  })

  test('is planned again when its worker is stopped in an orderly way', async () => {
    await lab.apply(job())
    let begun = 0
    driver.script.run = async (cx) => {
      begun++
      if (begun === 1) await aborted(cx.signal)
    }
    const first = await lab.startWorker()
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    await lab.until(id, () => begun === 1)
    await first.stop()
    expect(await lab.control.getRun(id)).toMatchObject({ status: 'queued', attempt: 1 })
    await lab.startWorker()
    expect(await lab.finished(id)).toMatchObject({ outcome: 'success' })
    expect((await lab.control.listSteps(id)).map((step) => step.name)).toEqual([
      'plan',
      'work',
      'plan',
      'work',
    ])
  })

  test('keeps a checkpoint for the next plan until it ends well', async () => {
    await lab.apply(job())
    const seen: unknown[] = []
    driver.script.run = async (cx) => {
      seen.push(cx.checkpoint)
      if (seen.length > 1) return
      await cx.saveCheckpoint({ at: 7 })
      throw new HoldfastError('write-failed', 'disk')
    }
    await lab.startWorker()
    await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    expect(seen).toEqual([null, { at: 7 }, null])
  })
})

describe('a guard', () => {
  test('holds the run; approval lets it go on, and only for what was approved', async () => {
    await lab.apply(job())
    const message = { text: '90 % of the files changed', key: 'scripted.changed', values: { share: 0.9 } }
    driver.script.guards = [{ code: 'mass-change', message }]
    await lab.startWorker()
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    const held = await lab.until(id, (run) => run.status === 'held')
    expect(held.plan?.guards).toEqual([{ code: 'mass-change', message }])
    expect(await lab.control.listLocks()).toEqual([])
    driver.script.guards = [...driver.script.guards, { code: 'empty-source', message: 'the source is empty' }]
    await lab.control.approveRun(id, { by: 'anna' })
    const again = await lab.until(id, (run) => run.status === 'held' && (run.plan?.guards.length ?? 0) === 2)
    expect(again.outcome).toBeNull()
    await lab.control.approveRun(id, { by: 'anna' })
    expect(await lab.finished(id)).toMatchObject({ outcome: 'success' })
  })

  test('holds the run; refusal ends it', async () => {
    await lab.apply(job())
    driver.script.guards = [{ code: 'mass-change', message: '90 % of the files changed' }]
    await lab.startWorker()
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    await lab.until(id, (run) => run.status === 'held')
    await lab.control.refuseRun(id, { by: 'anna' })
    expect(await lab.control.getRun(id)).toMatchObject({
      outcome: 'canceled',
      error: { code: 'run-refused' },
    })
    await expect(lab.control.approveRun(id, { by: 'anna' })).rejects.toMatchObject({ code: 'run-state' })
  })
})

describe('locks', () => {
  test('a job never runs beside itself, and says what it waits for', async () => {
    await lab.apply(job())
    let open = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    let atOnce = 0
    let most = 0
    driver.script.run = async () => {
      most = Math.max(most, ++atOnce)
      await gate
      atOnce--
    }
    await lab.startWorker()
    const first = await lab.control.startJob('a', { by: 'anna' })
    await lab.until(first.id, (run) => run.status === 'running')
    const second = await lab.control.startJob('a', { by: 'anna' })
    const waiting = await lab.until(second.id, (run) => run.waitingFor !== null)
    expect(phraseText(waiting.waitingFor ?? '')).toContain(`held by ${first.id} of job a`)
    open()
    await lab.finished(second.id)
    expect(most).toBe(1)
  })

  test('a vault takes no more runs at once than it is told, and all get their turn', async () => {
    const kept = scriptedDriver('kept')
    const info = { ...kept.info, vaultKinds: ['directory' as const] }
    let atOnce = 0
    let most = 0
    kept.script.run = async () => {
      most = Math.max(most, ++atOnce)
      await sleep(30)
      atOnce--
    }
    await using other = await openEngineLab([{ ...kept, info }])
    const jobs = Array.from({ length: 6 }, (_, index) => ({ name: `j${index}`, kind: 'kept', vault: 'v' }))
    await other.apply({
      vaults: [{ name: 'v', kind: 'directory', path: '/nowhere', maxParallelRuns: 2 }],
      jobs,
    })
    await other.startWorker({ concurrency: 6 })
    const runs = await Promise.all(jobs.map((spec) => other.control.startJob(spec.name, { by: 'anna' })))
    for (const run of runs) expect(await other.finished(run.id)).toMatchObject({ outcome: 'success' })
    expect(most).toBe(2)
  })

  test('an outside lock keeps a job that names it waiting until it is released', async () => {
    await lab.apply(job({ locks: [{ name: 'veeam/nightly' }] }))
    await lab.control.acquireLock({
      name: 'veeam/nightly',
      holder: 'script',
      leaseSeconds: 60,
      waitSeconds: 0,
    })
    const taker = { name: 'veeam/nightly', holder: 'other', leaseSeconds: 60, waitSeconds: 0 }
    await expect(lab.control.acquireLock(taker)).rejects.toMatchObject({ code: 'lock-held' })
    await lab.startWorker()
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    const waiting = await lab.until(id, (run) => run.waitingFor !== null)
    expect(phraseText(waiting.waitingFor ?? '')).toContain('veeam/nightly: held by script')
    expect(await lab.control.releaseLock('veeam/nightly', 'script')).toBe(true)
    expect(await lab.finished(id)).toMatchObject({ outcome: 'success' })
  })

  test('a lock whose lease ran out is nobody’s any more', async () => {
    await lab.apply(job({ locks: [{ name: 'veeam/nightly' }] }))
    await lab.control.acquireLock({
      name: 'veeam/nightly',
      holder: 'script',
      leaseSeconds: 0,
      waitSeconds: 0,
    })
    await lab.startWorker()
    expect(await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)).toMatchObject({
      outcome: 'success',
    })
  })

  test('a run that waited longer than it may is skipped', async () => {
    await lab.apply(job({ maxWait: '1s', locks: [{ name: 'x' }] }))
    await lab.control.acquireLock({ name: 'x', holder: 'script', leaseSeconds: 600, waitSeconds: 0 })
    await lab.startWorker()
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    await lab.until(id, (run) => run.waitingFor !== null)
    await sleep(1100)
    await lab.test.database.pool.query('delete from pgboss.job')
    await lab.deps.store.runs.resend(new Date(Date.now() + 1000))
    expect(await lab.finished(id)).toMatchObject({ outcome: 'skipped', error: { code: 'lock-held' } })
  })
})

describe('a window', () => {
  test('that is closed keeps the run waiting for its opening', async () => {
    const tomorrow = new Date(Date.now() + 3 * 3_600_000)
    const from = `${String(tomorrow.getUTCHours()).padStart(2, '0')}:00`
    const to = `${String((tomorrow.getUTCHours() + 1) % 24).padStart(2, '0')}:00`
    await lab.apply(job({ windows: [{ from, to }] }))
    await lab.startWorker()
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    const run = await lab.until(id, (candidate) => candidate.waitingFor !== null)
    expect(run).toMatchObject({ status: 'queued' })
    expect(phraseText(run.waitingFor ?? '')).toContain('its window, which opens at')
  })

  test('that opens later than the run may wait skips it', async () => {
    const later = new Date(Date.now() + 3 * 3_600_000)
    const from = `${String(later.getUTCHours()).padStart(2, '0')}:00`
    const to = `${String((later.getUTCHours() + 1) % 24).padStart(2, '0')}:00`
    await lab.apply(job({ maxWait: '1h', windows: [{ from, to }] }))
    await lab.startWorker()
    const run = await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    expect(run).toMatchObject({ outcome: 'skipped', error: { code: 'window-closed' } })
  })
})

describe('bad surroundings', () => {
  test('a broken connection in the middle of a run is tried again, not a bug', async () => {
    await lab.apply(job())
    let broke = false
    driver.script.run = async (cx) => {
      if (broke) return
      broke = true
      const { pool } = lab.test.database
      const saving = cx.saveCheckpoint({ at: 1 }).catch(() => {})
      await pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'holdfast' and pid <> pg_backend_pid()",
      )
      await saving
      throw new HoldfastError('database-unreachable', 'gone')
    }
    await lab.startWorker()
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    const waiting = await lab.until(id, (run) => run.status === 'queued' && run.attempt === 2)
    expect(waiting.error).toMatchObject({ code: 'database-unreachable', kind: 'unreachable' })
  })

  test('text that PostgreSQL does not take costs a character, not the runs of the worker', async () => {
    await lab.apply(job())
    driver.script.run = async (cx) => {
      cx.log.info('file \0 name', { 'k\0': 'half \ud800 pair' })
      cx.progress({ current: 'a\0b' })
      cx.warn('odd \0 name')
      await sleep(1200)
    }
    await lab.startWorker()
    const run = await lab.finished((await lab.control.startJob('a', { by: 'anna' })).id)
    expect(run).toMatchObject({ outcome: 'warning', report: { warnings: ['odd \uFFFD name'] } })
    const lines = await lab.control.readLog(run.id, -1, 10)
    const line = lines.find(({ message }) => message.startsWith('file'))
    expect(line).toMatchObject({ message: 'file \uFFFD name', fields: { 'k\uFFFD': 'half \uFFFD pair' } })
  })

  test('a job whose stored settings cannot be read fails by itself and keeps nobody from running', async () => {
    await lab.apply({
      jobs: [
        { name: 'a', kind: 'scripted', schedule: { cron: '0 0 1 1 *' } },
        { name: 'b', kind: 'scripted', schedule: { cron: '0 0 1 1 *' } },
      ],
    })
    const { pool } = lab.test.database
    await pool.query(`update jobs set spec = spec || '{"fromTheFuture": 1}' where name = 'a'`)
    await pool.query("update jobs set next_run_at = now() - interval '1 second'")
    await lab.startWorker()
    await lab.until((await firstRun('b')) ?? '', (run) => run.outcome === 'success')
    const broken = await lab.until((await firstRun('a')) ?? '', (run) => run.status === 'finished')
    expect(broken).toMatchObject({ outcome: 'failed', error: { code: 'config-invalid' } })
  })
})

async function firstRun(jobName: string): Promise<string | undefined> {
  for (let tries = 0; tries < 200; tries++) {
    const run = (await lab.control.listRuns({})).items.find((candidate) => candidate.jobName === jobName)
    if (run) return run.id
    await sleep(50)
  }
  return undefined
}
