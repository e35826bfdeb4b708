import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EVERYTHING } from '../../../server/src/engine/control/scope.ts'
import type { EngineDeps } from '../../../server/src/engine/deps.ts'
import { decideSlot } from '../../../server/src/engine/scheduler.ts'
import { scriptedDriver } from '../../../server/src/engine/testkit/scripted-driver.ts'
import { Worker } from '../../../server/src/engine/worker.ts'
import { hostIdentity } from '../../../server/src/kit/host.ts'
import { createLogger } from '../../../server/src/kit/log.ts'
import { type Database, migrate, openDatabase } from '../../../server/src/store/database.ts'
import { openEmbedded, waitForStop } from '../../../server/src/store/embedded/embedded.ts'
import { Queue } from '../../../server/src/store/runs/queue.ts'
import { createStore } from '../../../server/src/store/store.ts'
import { createVaultAccess } from '../../../server/src/vaults/access.ts'
import { machineBay } from '../../../server/src/vaults/bay.ts'
import type { BenchCase } from '../runner/bench-case.ts'
import { median } from '../runner/measure.ts'

const JOBS = 100_000
const RUNS_PER_ROUND = 100
const ROUNDS = 5
const CPU_TICK_MS = 10

/** An engine with a driver that does nothing, on an embedded database of its own. */
export async function runCases(): Promise<BenchCase[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'holdfast-bench-'))
  const embedded = await openEmbedded({ dir: directory, log: () => {} })
  const connection = { ...embedded.connection }
  const database = openDatabase(connection, () => {})
  const queue = new Queue({ connection, onError: () => {}, sendOnly: true })
  try {
    await migrate(database.db)
    const driver = scriptedDriver('noop')
    const deps: EngineDeps = {
      store: createStore(database.db, queue),
      drivers: [driver],
      driverOf: () => driver,
      vaults: createVaultAccess({ resolvePassphrase: async () => '', ownPaths: [] }),
      bay: machineBay([]),
      host: hostIdentity(),
      log: createLogger('silent'),
      now: () => new Date(),
      notify: async () => {},
      secretKeyFile: path.join(directory, 'secret.key'),
      secret: async () => '',
      ownPaths: [],
      selfBackup: null,
      random: Math.random,
    }
    await addJobs(database, queue)
    const worker = new Worker(deps, new Queue({ connection, onError: () => {}, sendOnly: false }), {
      site: 'main',
      concurrency: 4,
    })
    await worker.start()
    const cpu = await costOfRuns(deps, directory)
    const lag = await startLag(deps, database)
    await worker.stop()
    const find = await findDue(deps, database)
    return [cpu, find, lag]
  } finally {
    await queue.stop()
    await database.close()
    await embedded.close()
    await waitForStop(directory)
    await rm(directory, { recursive: true, force: true })
  }
}

/** Straight into the table: making the jobs is not what is measured. */
async function addJobs(database: Database, queue: Queue): Promise<void> {
  await queue.ensure('main')
  const spec = { schedule: { cron: '30 2 * * *', timeZone: 'Europe/Rome', missed: 'run-once' } }
  await database.pool.query(
    `insert into jobs (id, name, spec, revision, kind, enabled, site, next_run_at)
     select 'job_' || lpad(number::text, 12, '0'), 'job ' || number, $1, 1, 'noop', true, 'main',
       now() + interval '1 hour' + number * interval '1 second'
     from generate_series(1, $2::int) as number`,
    [JSON.stringify(spec), JOBS],
  )
  await database.pool.query('analyze jobs')
}

/** CPU of this process and of every process of the database, for a run from its creation to its end. */
async function costOfRuns(deps: EngineDeps, directory: string): Promise<BenchCase> {
  const { items: jobs } = await deps.store.overview.jobs({ limit: RUNS_PER_ROUND }, EVERYTHING, new Date())
  const costs: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const before = (await cpuMs(directory)) + ownCpuMs()
    for (const job of jobs) {
      await deps.store.runs.create({
        jobId: job.id,
        site: 'main',
        operation: 'job',
        trigger: 'manual',
        slotAt: null,
        request: null,
        startedBy: null,
      })
    }
    while ((await deps.store.runs.live()).length > 0) await sleep(100)
    const after = (await cpuMs(directory)) + ownCpuMs()
    if (round > 0) costs.push((after - before) / jobs.length)
  }
  const ours = median(costs)
  return {
    name: 'CPU of a run that does nothing, all processes, ms',
    ours,
    peer: null,
    ratio: null,
    goal: 'under 25',
    holds: ours < 25,
  }
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** CPU so far of the database: every process whose working directory lies in ours, ended children included. */
async function cpuMs(directory: string): Promise<number> {
  let ticks = 0
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    try {
      const cwd = await readlink(`/proc/${pid}/cwd`)
      if (!cwd.includes(path.basename(directory)) && !/\/cluster-\d+$/.test(cwd)) continue
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // utime, stime, and those of children that were waited for: proc(5).
      ticks += [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0)
    } catch {
      // It ended meanwhile: its time is with its parent then.
    }
  }
  return ticks * CPU_TICK_MS
}

async function findDue(deps: EngineDeps, database: Database): Promise<BenchCase> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    await database.pool.query(
      "update jobs set next_run_at = now() - interval '1 second' where id in (select id from jobs offset $1 limit 20)",
      [round * 50],
    )
    const now = new Date()
    const startedAt = performance.now()
    await deps.store.runs.earliestSlot()
    const taken = await deps.store.runs.takeDue(now, 200, (job) => decideSlot(job.spec, job.nextRunAt, now))
    if (taken !== 20) throw new Error(`${taken} of 20 due jobs were found`)
    if (round > 0) times.push(performance.now() - startedAt)
  }
  const ours = median(times)
  const name = `find 20 due among ${JOBS.toLocaleString('en')} jobs and make their runs, ms`
  return { name, ours, peer: null, ratio: null, goal: 'under 50', holds: ours < 50 }
}

async function startLag(deps: EngineDeps, database: Database): Promise<BenchCase> {
  const lags: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const slot = new Date(Date.now() + 1200)
    const { rows } = await database.pool.query<{ id: string }>(
      'update jobs set next_run_at = $1 where id = (select id from jobs offset $2 limit 1) returning id',
      [slot, 5000 + round],
    )
    const jobId = rows[0]?.id ?? ''
    let startedAt: string | null = null
    while (startedAt === null) {
      await sleep(50)
      const { items } = await deps.store.runs.list({ jobId, limit: 1 }, EVERYTHING)
      startedAt = items[0]?.startedAt ?? null
    }
    if (round > 0) lags.push(Date.parse(startedAt) - slot.getTime())
  }
  const ours = median(lags)
  return {
    name: 'from the slot of a job to the start of its run, ms',
    ours,
    peer: null,
    ratio: null,
    goal: 'under 1000',
    holds: ours < 1000,
  }
}
