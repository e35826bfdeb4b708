import type { NotificationSpec, Run, RunOutcome } from '@holdfast/contract'
import type { AnyDriver } from '../drivers/driver.ts'
import type { HostIdentity } from '../kit/host.ts'
import type { Logger } from '../kit/log.ts'
import type { Store } from './ports.ts'

/** What the engine is made of. Handed from main.ts, so that every part can be tested with another one. */
export interface EngineDeps {
  store: Store
  drivers: readonly AnyDriver[]
  driverOf: (kind: string) => AnyDriver
  host: HostIdentity
  log: Logger
  now: () => Date
  /** Tells one notification; throws HoldfastError, of kind `unreachable` when a later try may help. */
  notify: (spec: NotificationSpec, event: { run: Run; event: RunOutcome | 'held' }) => Promise<void>
  /** A number from 0 to 1 that spreads retries. */
  random: () => number
}
