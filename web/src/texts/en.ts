import { account } from './en/account.ts'
import { errors } from './en/errors.ts'
import { shell } from './en/shell.ts'
import { users } from './en/users.ts'

/** English: the keys all languages have. One file for each namespace; a namespace belongs to one part of the screens. */
export const en = { account, errors, shell, users } as const
