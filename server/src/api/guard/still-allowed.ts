import { HoldfastError } from '@holdfast/contract'
import type { Access, Caller } from '../../access/access.ts'

/**
 * Whether somebody may go on with what they opened a while ago: the session or token is still good, and its user has
 * the same role and nodes. Does not count as use: a stream left open keeps no session alive.
 */
export async function isStillAllowed(
  access: Pick<Access, 'getUser' | 'sessions' | 'allTokens'>,
  caller: Caller,
  now: Date,
): Promise<boolean> {
  const { user: before, via } = caller
  try {
    const user = await access.getUser(before.id)
    if (user.isDisabled || user.role !== before.role) return false
    if (JSON.stringify(user.nodes) !== JSON.stringify(before.nodes)) return false
    const good = via.kind === 'session' ? await access.sessions(caller) : await access.allTokens()
    const own = good.find(({ id }) => id === via.id)
    return own !== undefined && (own.expiresAt === null || Date.parse(own.expiresAt) > now.getTime())
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'name-unknown') return false
    throw error
  }
}
