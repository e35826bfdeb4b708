import { HoldfastError } from '@holdfast/contract'
import type { LocalCommands } from '../cli/deps.ts'
import type { Environment } from '../config.ts'
import { isGone } from '../engine/recovery.ts'
import { hostIdentity } from '../kit/host.ts'
import type { Logger } from '../kit/log.ts'
import { backUpDatabase, openControlDatabase, restoreDatabase } from '../store/control-database.ts'
import { upgradeEmbedded } from '../store/embedded/upgrade.ts'
import { type ControlPlane, databaseOptions } from './control-plane.ts'

/** Commands for the database as a whole. */
export function databaseCommands(
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
