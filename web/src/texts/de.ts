import { account } from './de/account.ts'
import { errors } from './de/errors.ts'
import { shell } from './de/shell.ts'
import { users } from './de/users.ts'
import type { en } from './en.ts'
import type { Same } from './same.ts'

export const de: Same<typeof en> = { account, errors, shell, users }
