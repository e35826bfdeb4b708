import type { en } from './en.ts'
import { account } from './es/account.ts'
import { errors } from './es/errors.ts'
import { forms } from './es/forms.ts'
import { jobs } from './es/jobs.ts'
import { nodes } from './es/nodes.ts'
import { notifications } from './es/notifications.ts'
import { overview } from './es/overview.ts'
import { points } from './es/points.ts'
import { policies } from './es/policies.ts'
import { runs } from './es/runs.ts'
import { secrets } from './es/secrets.ts'
import { shell } from './es/shell.ts'
import { users } from './es/users.ts'
import { vaults } from './es/vaults.ts'
import type { Same } from './same.ts'

export const es: Same<typeof en> = {
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
