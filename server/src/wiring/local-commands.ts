import { HoldfastError } from '@holdfast/contract'
import type { LocalCommands } from '../cli/deps.ts'
import type { Environment } from '../config.ts'
import { cronProblem } from '../domain/schedule/slots.ts'
import { DRIVERS } from '../drivers/registry.ts'
import { checkConfig } from '../engine/configuration/check-config.ts'
import { isGone } from '../engine/recovery.ts'
import { storedSecret } from '../engine/upkeep/stored-secrets.ts'
import { hostIdentity } from '../kit/host.ts'
import type { Logger } from '../kit/log.ts'
import { backUpDatabase, openControlDatabase, restoreDatabase } from '../store/control-database.ts'
import { upgradeEmbedded } from '../store/embedded/upgrade.ts'
import { type ControlPlane, databaseOptions, unservedRuns } from './control-plane.ts'
import { serve, work } from './serve.ts'

/** What only the machine of the control plane can do. `shared` opens its database once for all of one call. */
export function localCommands(
  env: Environment,
  log: Logger,
  shared: () => Promise<ControlPlane>,
): LocalCommands {
  return {
    worker: (options) => work(env, options),
    serve: (options) => serve(env, options, (text) => process.stdout.write(`${text}\n`)),

    async runWhileWaiting(_control, runs) {
      const plane = await shared()
      const only = (await unservedRuns(plane, runs)).map((run) => run.id)
      if (only.length === 0) return { async [Symbol.asyncDispose]() {} }
      const worker = await plane.startWorker({ site: 'main', concurrency: 4, only })
      return { [Symbol.asyncDispose]: () => worker.stop() }
    },

    checkConfig: (document, existing) => checkConfig(document, DRIVERS, { cronProblem, existing }),
    async isSecret(name, value) {
      const { deps } = await shared()
      try {
        return (await storedSecret(deps, name, null)) === value
      } catch (thrown) {
        if (thrown instanceof HoldfastError && thrown.code === 'secret-unavailable') return false
        throw thrown
      }
    },

    ...databaseCommands(env, log, shared),

    admin: {
      create: async (user, by) => (await shared()).access.createUser(user, by, null),
      resetPassword: async (name, password, by) => (await shared()).access.resetPassword(name, password, by),
      list: async () => (await shared()).access.listUsers(),
    },
  }
}

function databaseCommands(
  env: Environment,
  log: Logger,
  shared: () => Promise<ControlPlane>,
): Pick<LocalCommands, 'backupDb' | 'restoreDb' | 'upgradeDb'> {
  return {
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
        return {
          file,
          ...summary,
          accounts:
            'everybody is signed out; users and tokens are those of the backup: remove whoever has left since',
          next: 'holdfast reindex (adds restore points newer than the backup)',
        }
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
          { hint: 'Unset HOLDFAST_DATABASE_URL to upgrade the embedded database.' },
        )
      }
      const onMessage = (message: string, fields: object) => log.info(fields, message)
      return await upgradeEmbedded({ dir, log: onMessage, ...(binDir ? { binDir } : {}) })
    },
  }
}
