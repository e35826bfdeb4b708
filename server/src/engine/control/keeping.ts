import { type Control, HoldfastError } from '@holdfast/contract'
import { tellTest } from '../notifications.ts'
import { canReadSecrets, keepSecret } from '../upkeep/stored-secrets.ts'
import { objectOf } from './resolve.ts'
import type { ControlDeps } from './scope.ts'

type Keeping = Pick<
  Control,
  'listSecrets' | 'putSecret' | 'deleteSecret' | 'listDeliveries' | 'testNotification'
>

/** Secrets that Holdfast keeps, and what was told to whom. */
export function keeping(deps: ControlDeps): Keeping {
  const { store } = deps
  const audit = (by: string, action: string, object: string, objectId: string | null = null) =>
    store.audit.add({ by, action, object, objectId, details: {} })
  return {
    listSecrets: () => store.secrets.list(),

    async putSecret(name, value, { by }) {
      await keepSecret(deps, name, value, by)
      await audit(by, 'secret.set', name)
    },

    async deleteSecret(name, { by }) {
      await refuseWhileUsed(deps, name)
      if (!(await store.secrets.remove(name))) {
        throw new HoldfastError('name-unknown', `Holdfast keeps no secret "${name}"`, {
          hint: 'List them with `holdfast secret list`.',
        })
      }
      await audit(by, 'secret.delete', name)
    },

    listDeliveries: (filter) => store.deliveries.list(filter),

    async testNotification(ref, { by }) {
      const { id, spec } = await objectOf(deps, 'notifications', ref)
      await audit(by, 'notification.test', spec.name, id)
      return await tellTest(deps, { id, spec })
    },
  }
}

/** A secret that cannot be read any more is in nobody's use: without its key it may go, so that all can be entered anew. */
async function refuseWhileUsed(deps: ControlDeps, name: string): Promise<void> {
  const users = await deps.store.objects.usersOfSecret(name)
  if (users.length === 0 || !(await canReadSecrets(deps))) return
  const named = users.map((user) => `${user.kind} "${user.name}"`).join(', ')
  throw new HoldfastError('object-in-use', `the secret "${name}" is used by ${named}`)
}
