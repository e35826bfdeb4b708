import { account } from './de/account.ts'
import { errors } from './de/errors.ts'
import { forms } from './de/forms.ts'
import { jobs } from './de/jobs.ts'
import { nodes } from './de/nodes.ts'
import { notifications } from './de/notifications.ts'
import { overview } from './de/overview.ts'
import { points } from './de/points.ts'
import { policies } from './de/policies.ts'
import { runs } from './de/runs.ts'
import { secrets } from './de/secrets.ts'
import { shell } from './de/shell.ts'
import { users } from './de/users.ts'
import { vaults } from './de/vaults.ts'
import type { en } from './en.ts'
import type { Same } from './same.ts'

export const de: Same<typeof en> = {
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
