import { withDiskErrors } from '../../../clients/disks/disk-error.ts'
import type { RestoreFacet } from '../../driver.ts'
import { type RestoreOptions, restoreOptions } from './options.ts'
import { type DatabaseRestorePlan, planRestore } from './plan.ts'
import { runRestore } from './run.ts'

/** Brings a database, or a part of it, from a vault to a server. */
export const influxdbRestore: RestoreFacet<RestoreOptions, DatabaseRestorePlan> = {
  target: 'node',
  targetNodeKinds: ['influxdb'],
  options: restoreOptions,
  overwrites: ({ existing }) => existing === 'merge',
  plan: (cx, input) => withDiskErrors(() => planRestore(cx, input)),
  run: (cx, input, plan) => withDiskErrors(() => runRestore(cx, input, plan)),
}
