import type { en } from './en.ts'
import { account } from './es/account.ts'
import { errors } from './es/errors.ts'
import { shell } from './es/shell.ts'
import { users } from './es/users.ts'
import type { Same } from './same.ts'

export const es: Same<typeof en> = { account, errors, shell, users }
