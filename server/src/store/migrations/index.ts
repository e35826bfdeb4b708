import type { Migration } from 'kysely/migration'
import * as foundation from './001-foundation.ts'
import * as face from './002-face.ts'
import * as belonging from './003-belonging.ts'
import * as lockTakers from './004-lock-takers.ts'
import * as disks from './005-disks.ts'
import * as nodesOfJobs from './006-nodes-of-jobs.ts'
import * as runPlans from './007-run-plans.ts'

/** Every migration in order. Forward only: a mistake is mended by the next one. */
export const MIGRATIONS: Record<string, Migration> = {
  '001-foundation': foundation,
  '002-face': face,
  '003-belonging': belonging,
  '004-lock-takers': lockTakers,
  '005-disks': disks,
  '006-nodes-of-jobs': nodesOfJobs,
  '007-run-plans': runPlans,
}
