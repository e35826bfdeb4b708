import { destinationOf, HoldfastError, type SecretSender, sentSecrets } from '@holdfast/contract'
import type { ObjectStore, SecretStore } from '../ports.ts'

/**
 * A stored secret goes only where it went when it was entered: whoever may change the address of a notification or a node,
 * but does not know the secret, has it sent nowhere else. Entered anew it is open, until a sender that uses it, one of
 * these, is saved or sends it; from then on it is bound to the addresses of all that use it at that moment.
 */

interface SecretPlace {
  secrets: SecretStore
  objects: Pick<ObjectStore, 'document'>
}

export interface DestinationPlace {
  store: SecretPlace
}

/** Before senders are saved. Throws `secret-bound` for one that would send a secret elsewhere. */
export async function refuseElsewhere(
  { secrets }: SecretPlace,
  senders: readonly SecretSender[],
): Promise<void> {
  for (const sender of senders) {
    const destination = destinationOf(sender)
    if (destination === null) continue
    for (const name of sentSecrets(sender)) {
      const kept = await secrets.get(name)
      if (kept) requireDestination(name, kept.destinations, destination)
    }
  }
}

/** After senders were saved, in the same transaction: binds what they use and is open. */
export async function bindSecrets(store: SecretPlace, senders: readonly SecretSender[]): Promise<void> {
  for (const sender of senders) {
    const destination = destinationOf(sender)
    if (destination === null) continue
    for (const name of sentSecrets(sender)) await bindSecret(store, name, destination)
  }
}

/** Before it is sent. Throws `secret-bound`; one that is not kept is left to whoever reads it. */
export async function bindSecret(store: SecretPlace, name: string, destination: string): Promise<void> {
  const kept = await store.secrets.get(name)
  if (!kept) return
  if (kept.destinations === null) {
    const { notifications, nodes } = await store.objects.document()
    const users = [...notifications, ...nodes].filter((sender) => sentSecrets(sender).includes(name))
    const others = users.map(destinationOf).filter((other) => other !== null)
    await store.secrets.bind(name, [...new Set([destination, ...others])])
  }
  // Read again: another process may have bound it at the same moment.
  const bound = await store.secrets.get(name)
  if (bound) requireDestination(name, bound.destinations, destination)
}

function requireDestination(name: string, destinations: string[] | null, destination: string): void {
  if (destinations === null || destinations.includes(destination)) return
  const places = destinations.join(', ')
  throw new HoldfastError(
    'secret-bound',
    `the secret "${name}" was entered for ${places}, not for ${destination}`,
    {
      hint: `Enter it again with \`holdfast secret set ${name}\` (or on the page Secrets), then save the change: it is bound to the new address.`,
      details: { secret: name },
    },
  )
}
