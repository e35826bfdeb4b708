import type { Control, Finding } from '@holdfast/contract'
import type { EngineDeps } from '../deps.ts'
import { actions } from './actions.ts'
import { configure } from './configure.ts'
import { doctor } from './doctor.ts'
import { queries } from './queries.ts'
import { reindex } from './reindex.ts'

/** The control plane as the CLI and the API see it, on this machine. `database` checks what lies below the store. */
export function createControl(deps: EngineDeps, database: () => Promise<Finding[]>): Control {
  return {
    ...queries(deps),
    ...actions(deps),
    ...configure(deps),
    reindex: (options) => reindex(deps, options),
    doctor: () => doctor(deps, database),
  }
}
