import type { Control, Finding } from '@holdfast/contract'
import { editObjects } from '../configuration/edit-objects.ts'
import type { EngineDeps } from '../deps.ts'
import { diskControl } from '../disks/bay-list.ts'
import type { Scope } from '../ports.ts'
import { actions } from './actions.ts'
import { configure } from './configure.ts'
import { doctor } from './doctor.ts'
import { keeping } from './keeping.ts'
import { queries } from './queries.ts'
import { reindex } from './reindex.ts'
import { type ControlDeps, EVERYTHING, limited } from './scope.ts'

/**
 * The control plane as the CLI and the API see it, on this machine, for somebody who may see what is in the scope.
 * `database` checks what lies below the store. Who does not administer restores only to folders that the configuration names.
 */
export function createControl(
  engine: EngineDeps,
  database: () => Promise<Finding[]>,
  scope: Scope = EVERYTHING,
  administers = scope.nodeIds === null,
): Control {
  const deps: ControlDeps = { ...engine, scope, administers }
  const control: Control = {
    ...queries(deps),
    ...actions(deps),
    ...diskControl(deps),
    ...editObjects(deps),
    ...configure(deps),
    ...keeping(deps),
    reindex: (options) => reindex(deps, options),
    doctor: () => doctor(deps, database),
  }
  return scope.nodeIds === null ? control : limited(control)
}
