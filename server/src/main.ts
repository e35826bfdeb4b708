import { type Control, HoldfastError } from '@holdfast/contract'
import type { LocalCommands } from './cli/deps.ts'
import { processIo } from './cli/process-io.ts'
import { reportError } from './cli/report-error.ts'
import { runCli } from './cli/run-cli.ts'
import { type Environment, readEnvironment } from './config.ts'
import { cronProblem } from './domain/schedule/slots.ts'
import { DRIVERS, driverOf } from './drivers/registry.ts'
import { checkConfig } from './engine/configuration/check-config.ts'
import { createControl } from './engine/control/control.ts'
import type { EngineDeps } from './engine/deps.ts'
import { isGone } from './engine/recovery.ts'
import { Worker, type WorkerOptions } from './engine/worker.ts'
import { hostIdentity } from './kit/host.ts'
import { createLogger, type Logger } from './kit/log.ts'
import { resolveSecret } from './kit/secrets.ts'
import { deliver } from './notify/deliver.ts'
import {
  backUpDatabase,
  type ControlDatabase,
  type ControlDatabaseOptions,
  databaseFindings,
  isDatabaseUp,
  openControlDatabase,
  prepareDatabase,
  restoreDatabase,
} from './store/control-database.ts'
import { upgradeEmbedded } from './store/embedded/upgrade.ts'
import { Queue } from './store/runs/queue.ts'
import { createStore } from './store/store.ts'

/** The only file that knows all concrete parts: it opens the database, builds store and engine, and starts the CLI. */

interface ControlPlane {
  deps: EngineDeps
  control: Control
  database: ControlDatabase
  close(): Promise<void>
}

function databaseOptions(env: Environment, log: Logger): ControlDatabaseOptions {
  return { url: env.databaseUrl, dir: `${env.dataDir}/postgres`, binDir: env.pgBinDir, log }
}

async function openControlPlane(env: Environment, log: Logger): Promise<ControlPlane> {
  const database = await openControlDatabase(databaseOptions(env, log))
  try {
    await prepareDatabase(database)
  } catch (error) {
    await database.close()
    throw error
  }
  const queue = openQueue(database, log, true)
  const never = new AbortController().signal
  const deps: EngineDeps = {
    store: createStore(database.db, queue),
    drivers: DRIVERS,
    driverOf: (kind) => driverOf(kind),
    host: hostIdentity(),
    log,
    now: () => new Date(),
    notify: (spec, event) => deliver(spec, { ...event, holdfastUrl: null }, { resolveSecret, signal: never }),
    random: Math.random,
  }
  const control = createControl(deps, () => databaseFindings(database))
  const close = async () => {
    await queue.stop()
    await database.close()
  }
  return { deps, control, database, close }
}

function openQueue({ connection }: ControlDatabase, log: Logger, sendOnly: boolean): Queue {
  const onError = (error: Error) => log.warn({ reason: error.message }, 'the queue met an error')
  return new Queue({ connection, onError, sendOnly })
}

async function startWorker(plane: ControlPlane, log: Logger, options: WorkerOptions): Promise<Worker> {
  const worker = new Worker(plane.deps, openQueue(plane.database, log, false), options)
  await worker.start()
  return worker
}

async function workUntil(signal: AbortSignal, env: Environment, options: WorkerOptions): Promise<void> {
  const log = createLogger(env.logLevel)
  const plane = await openControlPlane(env, log)
  try {
    const worker = await startWorker(plane, log, options)
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await worker.stop()
  } finally {
    await plane.close()
    // Whatever hangs, a driver that does not stop for instance, must not keep a closed worker in the process table.
    setTimeout(() => process.exit(), 2000).unref()
  }
}

function localCommands(env: Environment, log: Logger, shared: () => Promise<ControlPlane>): LocalCommands {
  return {
    worker: ({ signal, ...options }) => workUntil(signal, env, options),

    async runWhileWaiting(control, runs) {
      const { workers, jobs } = await control.status()
      const served = new Set(workers.filter((worker) => worker.alive).map((worker) => worker.site))
      const siteOf = new Map(jobs.map((job) => [job.id, job.site]))
      const only = runs.filter((run) => !served.has(siteOf.get(run.jobId) ?? '')).map((run) => run.id)
      if (only.length === 0) return { async [Symbol.asyncDispose]() {} }
      const worker = await startWorker(await shared(), log, { site: 'main', concurrency: 4, only })
      return { [Symbol.asyncDispose]: () => worker.stop() }
    },

    checkConfig: (document, existing) => checkConfig(document, DRIVERS, { cronProblem, existing }),

    async backupDb(file) {
      const { database } = await shared()
      return { file, ...(await backUpDatabase(database, file)) }
    },

    async restoreDb(file, { replace }) {
      const database = await openControlDatabase(databaseOptions(env, log))
      try {
        const host = hostIdentity()
        const summary = await restoreDatabase(database, {
          file,
          replace,
          isGone: (worker) => isGone(worker, host),
        })
        return { file, ...summary, next: 'holdfast reindex (adds restore points newer than the backup)' }
      } finally {
        await database.close()
      }
    },

    async upgradeDb() {
      const { dir, binDir, url } = databaseOptions(env, log)
      if (url) {
        throw new HoldfastError(
          'config-invalid',
          'the database is an external server, which its administrator upgrades',
          {
            hint: 'Unset HOLDFAST_DATABASE_URL to upgrade the embedded database.',
          },
        )
      }
      const onMessage = (message: string, fields: object) => log.info(fields, message)
      return await upgradeEmbedded({ dir, log: onMessage, ...(binDir ? { binDir } : {}) })
    },
  }
}

async function main(): Promise<void> {
  const io = processIo()
  let env: Environment
  try {
    env = readEnvironment(process.env)
  } catch (thrown) {
    io.setExitCode(reportError(thrown, io, { json: process.argv.includes('--json') }))
    return
  }
  // Commands print their own results; only what goes wrong beneath them is worth a line.
  const log = createLogger(env.logLevel === 'info' ? 'warn' : env.logLevel)
  let opened: Promise<ControlPlane> | undefined
  const shared = () => {
    opened ??= openControlPlane(env, log)
    return opened
  }
  await runCli(process.argv.slice(2), {
    async connect(options) {
      if (options?.onlyIfRunning && !isDatabaseUp(databaseOptions(env, log))) {
        throw new HoldfastError('database-unreachable', 'the embedded database is not running')
      }
      const { control } = await shared()
      // Several commands of one call share it; it is closed at the end.
      return { control, close: async () => {} }
    },
    local: localCommands(env, log, shared),
    io,
    now: () => new Date(),
  })
  // What could not be opened was told above and needs no closing.
  const plane = await opened?.catch(() => null)
  await plane?.close()
}

await main()
