import { HoldfastError } from '@holdfast/contract'
import type { Caller } from '../../access/access.ts'
import type { Rule } from '../http/call.ts'

/** Throws `not-allowed` unless the rule of a route lets the caller use it. */
export function authorize(rule: Rule, caller: Caller): void {
  if (rule.permission === 'public') return
  if (rule.permission === 'account') {
    if (caller.via.kind === 'session' || rule.tokenToo) return
    throw new HoldfastError('not-allowed', 'only a person who is signed in may do this, no token', {
      hint: 'Sign in with name and password.',
    })
  }
  if (!caller.permissions.includes(rule.permission)) {
    throw new HoldfastError('not-allowed', `this needs the permission "${rule.permission}"`, {
      details: { permission: rule.permission },
    })
  }
  if (rule.limited === 'refused' && caller.nodeIds !== null) {
    throw new HoldfastError('not-allowed', 'a user limited to some nodes may not do this', {
      hint: 'Ask somebody who may see all nodes.',
    })
  }
}
