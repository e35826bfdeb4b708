import { type Control, HoldfastError } from '@holdfast/contract'
import type { EngineDeps } from '../deps.ts'
import type { Scope } from '../ports.ts'

/** For the administrator of the machine, and for users who are not limited to nodes. */
export const EVERYTHING: Scope = { nodeIds: null }

/** What the parts of the control interface are made of: the engine, and what the one who asks may see. */
export interface ControlDeps extends EngineDeps {
  scope: Scope
  /** Whether the one who asks may change the configuration, and so decides where restores may go. */
  administers: boolean
}

/**
 * What each method does for somebody who is limited to some nodes: `filtered` knows only what belongs to jobs on these
 * nodes, `refused` does nothing, `same` belongs to no node. The API refuses earlier; this holds whoever calls.
 */
export const LIMITED: Record<keyof Control, 'filtered' | 'refused' | 'same'> = {
  status: 'filtered',
  listJobs: 'filtered',
  getJob: 'filtered',
  listRuns: 'filtered',
  getRun: 'filtered',
  listSteps: 'filtered',
  readLog: 'filtered',
  listPoints: 'filtered',
  getPoint: 'filtered',
  listEntries: 'filtered',
  protectPoint: 'filtered',
  startJob: 'filtered',
  startByDisk: 'refused',
  listBay: 'refused',
  previewPlan: 'filtered',
  startPreparation: 'refused',
  previewPreparation: 'filtered',
  startVerify: 'filtered',
  startRestore: 'filtered',
  previewRestore: 'filtered',
  cancelRun: 'filtered',
  approveRun: 'filtered',
  refuseRun: 'filtered',
  listObjects: 'filtered',
  getObject: 'filtered',
  createObject: 'refused',
  replaceObject: 'refused',
  deleteObject: 'refused',
  listRevisions: 'filtered',
  jobKinds: 'same',
  previewSchedule: 'same',
  planConfig: 'refused',
  applyConfig: 'refused',
  exportConfig: 'refused',
  checkConfig: 'refused',
  listSecrets: 'refused',
  putSecret: 'refused',
  deleteSecret: 'refused',
  listDeliveries: 'refused',
  testNotification: 'refused',
  listAudit: 'refused',
  acquireLock: 'refused',
  releaseLock: 'refused',
  listLocks: 'refused',
  reindex: 'refused',
  doctor: 'refused',
}

/** The same control plane, with what a limited user may not do refused. */
export function limited(control: Control): Control {
  const entries = Object.entries(control).map(([name, method]) => [
    name,
    LIMITED[name as keyof Control] === 'refused' ? refuse : method,
  ])
  return Object.fromEntries(entries) as Control
}

async function refuse(): Promise<never> {
  throw notForLimited()
}

export function notForLimited(): HoldfastError {
  return new HoldfastError('not-allowed', 'this is not open to users who are limited to some nodes', {
    hint: 'Ask a user who is not limited to nodes.',
  })
}
