import type { en } from './en.ts'
import { account } from './fr/account.ts'
import { errors } from './fr/errors.ts'
import { forms } from './fr/forms.ts'
import { jobs } from './fr/jobs.ts'
import { nodes } from './fr/nodes.ts'
import { notifications } from './fr/notifications.ts'
import { overview } from './fr/overview.ts'
import { points } from './fr/points.ts'
import { policies } from './fr/policies.ts'
import { runs } from './fr/runs.ts'
import { secrets } from './fr/secrets.ts'
import { shell } from './fr/shell.ts'
import { users } from './fr/users.ts'
import { vaults } from './fr/vaults.ts'
import type { Same } from './same.ts'

export const fr: Same<typeof en> = {
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
