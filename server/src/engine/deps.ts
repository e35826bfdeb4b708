import type { NotificationSpec, SecretReference, Told } from '@holdfast/contract'
import type { AnyDriver } from '../drivers/driver.ts'
import type { HostIdentity } from '../kit/host.ts'
import type { Logger } from '../kit/log.ts'
import type { Store } from './ports.ts'
import type { Bay, VaultAccess } from './vault-port.ts'

/** What the engine is made of. Handed from main.ts, so that every part can be tested with another one. */
export interface EngineDeps {
  store: Store
  drivers: readonly AnyDriver[]
  driverOf: (kind: string) => AnyDriver
  /** How vaults are brought within reach of this machine. */
  vaults: VaultAccess
  bay: Bay
  host: HostIdentity
  log: Logger
  now: () => Date
  /** Tells one notification; throws HoldfastError, of kind `unreachable` when a later try may help. */
  notify: (spec: NotificationSpec, told: Told) => Promise<void>
  /** The value of a secret, to be sent to the destination; see drivers/driver.ts. Masked from here on. */
  secret: (reference: SecretReference, destination: string | null) => Promise<string>
  /** File with the key of the secrets that Holdfast keeps; it need not exist before the first one. */
  secretKeyFile: string
  /** Absolute paths of directories that hold what Holdfast lives on: nothing is ever restored there. */
  ownPaths: readonly string[]
  /** How Holdfast backs up its own database; null when that is switched off. */
  selfBackup: SelfBackup | null
  /** Plans are made in this process while no worker of the job's site is alive: for a command on the machine itself. */
  planLocally?: boolean
  /** A number from 0 to 1 that spreads retries. */
  random: () => number
}

export interface SelfBackup {
  dir: string
  /** In UTC. */
  cron: string
  /** How many of its files stay. */
  keep: number
  /** Writes a backup to a file and reads it back; what it leaves behind when it throws is not a backup. */
  backUp: (file: string) => Promise<void>
}
