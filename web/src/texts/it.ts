import type { en } from './en.ts'
import { account } from './it/account.ts'
import { errors } from './it/errors.ts'
import { forms } from './it/forms.ts'
import { jobs } from './it/jobs.ts'
import { nodes } from './it/nodes.ts'
import { notifications } from './it/notifications.ts'
import { overview } from './it/overview.ts'
import { points } from './it/points.ts'
import { policies } from './it/policies.ts'
import { runs } from './it/runs.ts'
import { secrets } from './it/secrets.ts'
import { shell } from './it/shell.ts'
import { users } from './it/users.ts'
import { vaults } from './it/vaults.ts'
import type { Same } from './same.ts'

export const it: Same<typeof en> = {
  jobs,
  secrets,
  notifications,
  policies,
  nodes,
  vaults,
  forms,
  account,
  errors,
  runs,
  points,
  overview,
  shell,
  users,
}
