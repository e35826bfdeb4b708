import type { Control, SecretReference } from '@holdfast/contract'
import type { Access } from '../access/access.ts'
import { createAccess } from '../access/create-access.ts'
import type { Environment } from '../config.ts'
import { DRIVERS, driverOf } from '../drivers/registry.ts'
import { createControl } from '../engine/control/control.ts'
import type { EngineDeps } from '../engine/deps.ts'
import { storedSecret } from '../engine/upkeep/stored-secrets.ts'
import { Worker, type WorkerOptions } from '../engine/worker.ts'
import { hostIdentity } from '../kit/host.ts'
import type { Logger } from '../kit/log.ts'
import { resolveSecret, type SecretSources } from '../kit/secrets.ts'
import type { DeliveryDeps } from '../notify/deliver.ts'
import { receiverRules } from '../notify/receiver-address.ts'
import { accountStore } from '../store/accounts/account-store.ts'
import {
  backUpAndCheck,
  type ControlDatabase,
  type ControlDatabaseOptions,
  databaseFindings,
  openControlDatabase,
  prepareDatabase,
} from '../store/control-database.ts'
import { Queue } from '../store/runs/queue.ts'
import { createStore } from '../store/store.ts'
import { createVaultAccess } from '../vaults/access.ts'
import { machineBay } from '../vaults/bay.ts'
import { installedFolders, ownPaths } from './own-paths.ts'
import { PHRASES } from './phrases.ts'

/** An open database with everything that stands on it. */
export interface ControlPlane {
  deps: EngineDeps
  database: ControlDatabase
  access: Access
  /** The control plane as somebody limited to these nodes sees it; null for all of it. `administers`: may configure. */
  controlFor(nodeIds: readonly string[] | null, administers: boolean): Control
  startWorker(options: WorkerOptions): Promise<Worker>
  close(): Promise<void>
}

export function databaseOptions(env: Environment, log: Logger): ControlDatabaseOptions {
  return { url: env.databaseUrl, dir: `${env.dataDir}/postgres`, binDir: env.pgBinDir, log }
}

/** `planLocally`: plans are made in this process where no worker could; for commands on the machine itself. */
export async function openControlPlane(
  env: Environment,
  log: Logger,
  { planLocally }: { planLocally: boolean },
): Promise<ControlPlane> {
  const database = await openControlDatabase(databaseOptions(env, log))
  try {
    await prepareDatabase(database)
  } catch (error) {
    await database.close()
    throw error
  }
  const queue = openQueue(database, log, true)
  const deps = engineDeps(env, log, database, queue, planLocally)
  return {
    deps,
    database,
    access: createAccess({ store: accountStore(database.db), now: deps.now, log }),
    controlFor: (nodeIds, administers) =>
      createControl(deps, () => databaseFindings(database), { nodeIds }, administers),
    async startWorker(options) {
      await import('./long-running/loaded-beforehand.ts')
      const worker = new Worker(deps, openQueue(database, log, false), options)
      await worker.start()
      return worker
    },
    async close() {
      await queue.stop()
      await database.close()
    },
  }
}

function engineDeps(
  env: Environment,
  log: Logger,
  database: ControlDatabase,
  queue: Queue,
  planLocally: boolean,
): EngineDeps {
  const store = createStore(database.db, queue)
  const { secretKeyFile } = env
  const resolve = secretResolver(env, store)
  const own = [...ownPaths(env, process.env), ...installedFolders()]
  const vaults = createVaultAccess({
    // Sent nowhere: bound to disks all the same, so that no notification can be made to carry it off.
    resolvePassphrase: (reference) => resolve(reference, 'luks'),
    ownPaths: own,
  })
  const delivery: DeliveryDeps = {
    resolveSecret: resolve,
    receivers: receiverRules(env.webhookAllow),
    signal: new AbortController().signal,
  }
  return {
    store,
    vaults,
    bay: machineBay(own),
    drivers: DRIVERS,
    driverOf: (kind) => driverOf(kind),
    host: hostIdentity(),
    log,
    now: () => new Date(),
    async notify(spec, told) {
      const { deliver } = await import('../notify/deliver.ts')
      await deliver(spec, { ...told, holdfastUrl: env.url ?? null, phrases: PHRASES }, delivery)
    },
    secret: resolve,
    random: Math.random,
    secretKeyFile,
    ownPaths: own,
    selfBackup: env.selfBackup && { ...env.selfBackup, backUp: (file) => backUpAndCheck(database, file) },
    planLocally,
  }
}

/** Reads secrets wherever references may lead. */
export function secretResolver({ secretFiles, secretKeyFile }: Environment, store: EngineDeps['store']) {
  const sources: SecretSources = {
    env: process.env,
    files: secretFiles,
    stored: (name, destination) => storedSecret({ store, secretKeyFile }, name, destination),
  }
  return (reference: SecretReference, destination: string | null) =>
    resolveSecret(reference, destination, sources)
}

function openQueue({ connection }: ControlDatabase, log: Logger, sendOnly: boolean): Queue {
  const onError = (error: Error) => log.warn({ reason: error.message }, 'the queue met an error')
  return new Queue({ connection, onError, sendOnly })
}
