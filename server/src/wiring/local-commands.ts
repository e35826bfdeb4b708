import { HoldfastError } from '@holdfast/contract'
import type { LocalCommands } from '../cli/deps.ts'
import type { Environment } from '../config.ts'
import { cronProblem } from '../domain/schedule/slots.ts'
import { DRIVERS } from '../drivers/registry.ts'
import { checkConfig } from '../engine/configuration/check-config.ts'
import { storedSecret } from '../engine/upkeep/stored-secrets.ts'
import type { Logger } from '../kit/log.ts'
import type { ControlPlane } from './control-plane.ts'
import { unservedRuns } from './unserved-runs.ts'

/** What only the machine of the control plane can do. `shared` opens its database once for all of one call. */
export function localCommands(
  env: Environment,
  log: Logger,
  shared: () => Promise<ControlPlane>,
): LocalCommands {
  const database = async () => {
    const { databaseCommands } = await import('./database-commands.ts')
    return databaseCommands(env, log, shared)
  }
  return {
    async worker(options) {
      const { work } = await import('./long-running/work.ts')
      await work(env, options)
    },
    async serve(options) {
      const { serve } = await import('./long-running/serve.ts')
      await serve(env, options, (text) => process.stdout.write(`${text}\n`))
    },

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

    backupDb: async (file) => (await database()).backupDb(file),
    restoreDb: async (file, options) => (await database()).restoreDb(file, options),
    upgradeDb: async () => (await database()).upgradeDb(),

    admin: {
      create: async (user, by) => (await shared()).access.createUser(user, by, null),
      resetPassword: async (name, password, by) => (await shared()).access.resetPassword(name, password, by),
      list: async () => (await shared()).access.listUsers(),
    },
  }
}
