import { type Control, HoldfastError } from '@holdfast/contract'
import { tellTest } from '../telling/notifications.ts'
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
  return {
    listSecrets: () => store.secrets.list(),

    async putSecret(name, value, { by }) {
      await store.atomically(async (within) => {
        await keepSecret({ ...deps, store: within }, name, value, by)
        await within.audit.add(entry(by, 'secret.set', name))
      })
    },

    async deleteSecret(name, { by }) {
      await refuseWhileUsed(deps, name)
      await store.atomically(async ({ secrets, audit }) => {
        if (!(await secrets.remove(name))) {
          throw new HoldfastError('name-unknown', `Holdfast keeps no secret "${name}"`, {
            hint: 'List them with `holdfast secret list`.',
          })
        }
        await audit.add(entry(by, 'secret.delete', name))
      })
    },

    listDeliveries: (filter) => store.deliveries.list(filter),

    async testNotification(ref, { by }) {
      const { id, spec } = await objectOf(deps, 'notifications', ref)
      // Before the message goes out: what was sent is recorded whatever happens then.
      await store.audit.add(entry(by, 'notification.test', spec.name, id))
      return await tellTest(deps, { id, spec })
    },
  }
}

function entry(by: string, action: string, object: string, objectId: string | null = null) {
  return { by, action, object, objectId, details: {} }
}

/** A secret that cannot be read any more is in nobody's use: without its key it may go, so that all can be entered anew. */
async function refuseWhileUsed(deps: ControlDeps, name: string): Promise<void> {
  const users = await deps.store.objects.usersOfSecret(name)
  if (users.length === 0 || !(await canReadSecrets(deps))) return
  const named = users.map((user) => `${user.kind} "${user.name}"`).join(', ')
  throw new HoldfastError('object-in-use', `the secret "${name}" is used by ${named}`, {
    details: { users: users.map((user) => ({ kind: user.kind, name: user.name })), count: users.length },
  })
}
