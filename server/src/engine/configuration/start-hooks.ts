import { createHash, timingSafeEqual } from 'node:crypto'
import { asHoldfastError, HoldfastError, type SecretReference, SHORTEST_HOOK_TOKEN } from '@holdfast/contract'
import type { Logger } from '../../kit/log.ts'
import type { ObjectStore } from '../ports.ts'

/** What a stored token is bound to once it was read: from then on no notification sends it anywhere. */
const DESTINATION = 'the start addresses of Holdfast'

/** Read in place of the token of a name that nobody uses, so that the time of the answer does not tell. */
const NOBODYS: SecretReference = { secret: 'no-start-address' }

export interface StartHookDeps {
  store: { objects: Pick<ObjectStore, 'startHooks'> }
  resolveSecret: (reference: SecretReference, destination: string | null) => Promise<string>
  log: Logger
}

/** The start addresses of the jobs that are switched on. */
export function startHooks({ store, resolveSecret, log }: StartHookDeps) {
  const readToken = async (reference: SecretReference): Promise<string> => {
    const token = await resolveSecret(reference, DESTINATION)
    if (token.length >= SHORTEST_HOOK_TOKEN) return token
    throw new HoldfastError(
      'secret-unavailable',
      `the token is shorter than ${SHORTEST_HOOK_TOKEN} characters`,
    )
  }

  return {
    /** Id of the job that the token opens; null for a wrong token and for a name nobody uses. */
    async jobOf(name: string, token: string): Promise<string | null> {
      const found = await store.objects.startHooks(name)
      if (found.length === 0) await readToken(NOBODYS).catch(() => null)
      for (const { jobId, reference } of found) {
        try {
          if (areEqual(token, await readToken(reference))) return jobId
        } catch (thrown) {
          // The caller learns nothing of it, and whoever looks after the server everything.
          const { code, message } = asHoldfastError(thrown)
          log.warn({ hook: name, jobId, code, reason: message }, 'a start address cannot be used')
        }
      }
      return null
    },
  }
}

/** In a time that depends on neither. */
function areEqual(left: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
