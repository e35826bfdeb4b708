import type { en } from './en.ts'
import { account } from './it/account.ts'
import { errors } from './it/errors.ts'
import { shell } from './it/shell.ts'
import { users } from './it/users.ts'
import type { Same } from './same.ts'

export const it: Same<typeof en> = { account, errors, shell, users }
