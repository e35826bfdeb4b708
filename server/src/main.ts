import { type ConfigDocument, type Control, type Finding, HoldfastError } from '@holdfast/contract'
import type pg from 'pg'
import type { LocalCommands } from './cli/deps.ts'
import { processIo } from './cli/process-io.ts'
import { runCli } from './cli/run-cli.ts'
import { type Environment, readEnvironment } from './config.ts'
import { cronProblem } from './domain/schedule/slots.ts'
import { DRIVERS, driverOf } from './drivers/registry.ts'
import { checkConfig } from './engine/configuration/check-config.ts'
import { createControl } from './engine/control/control.ts'
import type { EngineDeps } from './engine/deps.ts'
import { Worker } from './engine/worker.ts'
import { hostIdentity } from './kit/host.ts'
import { createLogger, type Logger } from './kit/log.ts'
import { resolveSecret } from './kit/secrets.ts'
import { deliver } from './notify/deliver.ts'
import { type Database, migrate, openDatabase } from './store/database.ts'
import { checkDurability } from './store/embedded/durability.ts'
import { openEmbedded } from './store/embedded/embedded.ts'
import { upgradeEmbedded } from './store/embedded/upgrade.ts'
import { Queue } from './store/queue.ts'
import { createStore } from './store/store.ts'
import { exportDatabase } from './store/transfer/export.ts'
import { importDatabase } from './store/transfer/import.ts'

/** The only file that knows all concrete parts: it opens the database, builds store and engine, and starts the CLI. */

interface OpenDatabase extends Database {
  connection: pg.PoolConfig
  /** `embedded PostgreSQL 18.4` or `external PostgreSQL`: for people. */
  title: string
}

/** What is opened last is closed first. */
async function openControlDatabase(env: Environment, log: Logger): Promise<OpenDatabase> {
  const onError = (error: Error) => log.warn({ reason: error.message }, 'a connection to the database broke')
  if (env.databaseUrl) {
    const connection = { connectionString: env.databaseUrl }
    const database = openDatabase(connection, onError)
    return { ...database, connection, title: 'external PostgreSQL' }
  }
  const embedded = await openEmbedded({
    dir: `${env.dataDir}/postgres`,
    log: (message, fields) => log.info(fields, message),
    ...(env.pgBinDir ? { binDir: env.pgBinDir } : {}),
  })
  const { connection } = embedded
  const database = openDatabase({ ...connection }, onError)
  const close = async () => {
    await database.close()
    await embedded.close()
  }
  return {
    ...database,
    connection: { ...connection },
    title: `embedded PostgreSQL ${embedded.version}`,
    close,
  }
}

async function prepare(database: OpenDatabase): Promise<void> {
  try {
    await checkDurability((sql) => database.pool.query(sql))
  } catch (error) {
    if (error instanceof HoldfastError) throw error
    throw new HoldfastError('database-unreachable', `${database.title}: ${(error as Error).message}`, {
      cause: error,
    })
  }
  await migrate(database.db)
}

interface ControlPlane {
  deps: EngineDeps
  control: Control
  database: OpenDatabase
  close(): Promise<void>
}

async function openControlPlane(env: Environment, log: Logger): Promise<ControlPlane> {
  const database = await openControlDatabase(env, log)
  try {
    await prepare(database)
  } catch (error) {
    await database.close()
    throw error
  }
  const queue = openQueue(database, log, true)
  const deps: EngineDeps = {
    store: createStore(database.db, queue),
    drivers: DRIVERS,
    driverOf: (kind) => driverOf(kind),
    host: hostIdentity(),
    log,
    now: () => new Date(),
    notify: (spec, event) =>
      deliver(spec, { ...event, holdfastUrl: null }, { resolveSecret, signal: new AbortController().signal }),
    random: Math.random,
  }
  const control = createControl(deps, async () => databaseFindings(database))
  const close = async () => {
    await queue.stop()
    await database.close()
  }
  return { deps, control, database, close }
}

function openQueue(database: OpenDatabase, log: Logger, sendOnly: boolean): Queue {
  const onError = (error: Error) => log.warn({ reason: error.message }, 'the queue met an error')
  return new Queue({ connection: database.connection, onError, sendOnly })
}

/** prepare() has refused an unsafe server already: what is left to say is which one it is. */
async function databaseFindings(database: OpenDatabase): Promise<Finding[]> {
  const { rows } = await database.pool.query<{ version: string }>(
    "select current_setting('server_version') as version",
  )
  const version = `${database.title.split(' ')[0]} PostgreSQL ${rows[0]?.version}`
  return [{ level: 'ok', subject: 'database', message: `${version}, durable settings on` }]
}

async function startWorker(
  plane: ControlPlane,
  log: Logger,
  options: { site: string; concurrency: number },
): Promise<Worker> {
  const worker = new Worker(plane.deps, openQueue(plane.database, log, false), options)
  await worker.start()
  return worker
}

function localCommands(env: Environment, log: Logger, shared: () => Promise<ControlPlane>): LocalCommands {
  return {
    async worker({ site, concurrency, signal }) {
      const workerLog = createLogger(env.logLevel)
      const plane = await openControlPlane(env, workerLog)
      try {
        const worker = await startWorker(plane, workerLog, { site, concurrency })
        await new Promise<void>((resolve) => {
          if (signal.aborted) resolve()
          else signal.addEventListener('abort', () => resolve(), { once: true })
        })
        await worker.stop()
      } finally {
        await plane.close()
      }
    },

    async runWhileWaiting(control) {
      const [status, document] = await Promise.all([control.status(), control.exportConfig()])
      const plane = await shared()
      const served = new Set(status.workers.filter((worker) => worker.alive).map((worker) => worker.site))
      const sites = [...new Set(document.jobs.map((job) => job.site))].filter((site) => !served.has(site))
      const workers = await Promise.all(
        sites.map((site) => startWorker(plane, log, { site, concurrency: 4 })),
      )
      return {
        async [Symbol.asyncDispose]() {
          await Promise.all(workers.map((worker) => worker.stop()))
        },
      }
    },

    checkConfig: (document: ConfigDocument, existing) =>
      checkConfig(document, DRIVERS, { cronProblem, existing }),

    async backupDb(file) {
      const plane = await shared()
      return await exportDatabase({ pool: plane.database.pool, file, schemaName: 'public' })
    },

    async restoreDb(file, { replace }) {
      const database = await openControlDatabase(env, log)
      try {
        return await importDatabase({
          pool: database.pool,
          file,
          replace,
          migrateTo: (names) => migrate(database.db, names.at(-1)),
        })
      } finally {
        await migrate(database.db)
        await database.close()
      }
    },

    async upgradeDb() {
      return await upgradeEmbedded({
        dir: `${env.dataDir}/postgres`,
        log: (message, fields) => log.info(fields, message),
      })
    },
  }
}

async function main(): Promise<void> {
  const env = readEnvironment(process.env)
  // Commands print their own results; only what goes wrong beneath them is worth a line.
  const log = createLogger(env.logLevel === 'info' ? 'warn' : env.logLevel)
  let opened: Promise<ControlPlane> | undefined
  const shared = () => {
    opened ??= openControlPlane(env, log)
    return opened
  }
  await runCli(process.argv.slice(2), {
    async connect() {
      const plane = await shared()
      return { control: plane.control, close: async () => {} }
    },
    local: localCommands(env, log, shared),
    io: processIo(),
    now: () => new Date(),
  })
  if (opened) await (await opened).close()
}

await main()
