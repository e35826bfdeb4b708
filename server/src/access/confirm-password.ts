import { HoldfastError } from '@holdfast/contract'
import type { Caller } from './access.ts'
import type { AccessParts } from './create-access.ts'
import type { StoredUser } from './ports.ts'
import { recordSelf } from './sign-in.ts'
import { ownPasswordSubject } from './throttle.ts'

/** The user of a session, who has told their password. Throws `password-wrong`, recorded as `failure`, and `sign-in-locked`. */
export async function confirmPassword(
  parts: AccessParts,
  caller: Caller,
  password: string,
  failure: string,
): Promise<StoredUser> {
  const user = await parts.store.users.get(caller.user.id)
  if (!user) throw new HoldfastError('not-signed-in', 'the user was deleted')
  const attempt = await parts.throttle.begin([ownPasswordSubject(user.name)])
  let isRight: boolean
  try {
    isRight = await parts.hasher.verify(password, user.passwordHash, { key: user.id, isKnown: true })
  } catch (error) {
    await attempt.undo()
    throw error
  }
  if (!isRight) {
    await recordSelf(parts, caller, failure)
    throw new HoldfastError('password-wrong', 'the current password is another one')
  }
  await attempt.succeeded()
  return user
}
