import type { en } from './en.ts'
import { account } from './fr/account.ts'
import { errors } from './fr/errors.ts'
import { shell } from './fr/shell.ts'
import { users } from './fr/users.ts'
import type { Same } from './same.ts'

export const fr: Same<typeof en> = { account, errors, shell, users }
