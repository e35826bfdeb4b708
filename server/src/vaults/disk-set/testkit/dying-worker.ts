import { diskCopy } from '../../../drivers/disk-copy/index.ts'
import type { AnyDriver, RunContext } from '../../../drivers/driver.ts'
import type { EngineDeps } from '../../../engine/deps.ts'
import type { VaultAccess } from '../../../engine/vault-port.ts'
import { Worker } from '../../../engine/worker.ts'
import { hostIdentity } from '../../../kit/host.ts'
import { createLogger } from '../../../kit/log.ts'
import { openDatabase } from '../../../store/database.ts'
import { Queue } from '../../../store/runs/queue.ts'
import { createStore } from '../../../store/store.ts'
import { createVaultAccess } from '../../access.ts'

/**
 * A worker that kills itself without a word (SIGKILL) when the step of a certain number begins, those of opening and
 * closing the disk included. Its arguments: the connection as JSON, the number.
 */
const [connectionText = '', fatalText = ''] = process.argv.slice(2)
const fatal = Number(fatalText)
let begun = 0

type WithStep = Pick<RunContext, 'step'>

function dying<C extends WithStep>(cx: C): C {
  return {
    ...cx,
    step(name, work) {
      if (begun++ === fatal) process.kill(process.pid, 'SIGKILL')
      return cx.step(name, work)
    },
  }
}

const access = createVaultAccess({ resolvePassphrase: async () => '', ownPaths: [] })
const vaults: VaultAccess = { ...access, open: (cx, vault, need) => access.open(dying(cx), vault, need) }
const driver: AnyDriver = { ...diskCopy, run: (cx, plan) => diskCopy.run(dying(cx), plan) }

const connection = JSON.parse(connectionText)
const onError = () => {}
const database = openDatabase(connection, onError)
const deps: EngineDeps = {
  store: createStore(database.db, new Queue({ connection, onError, sendOnly: true })),
  vaults,
  bay: { fingerprint: async () => '', list: async () => [] },
  drivers: [driver],
  driverOf: () => driver,
  host: hostIdentity(),
  log: createLogger('silent'),
  now: () => new Date(),
  notify: async () => {},
  secretKeyFile: '/nonexistent/secret.key',
  secret: async () => '',
  ownPaths: [],
  selfBackup: null,
  random: () => 1,
}
await new Worker(deps, new Queue({ connection, onError, sendOnly: false }), {
  site: 'main',
  concurrency: 1,
}).start()
