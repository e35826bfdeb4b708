import { z } from 'zod'
import { secretReference } from './secret.ts'

/** Name of a start address: `copy` in `/api/hooks/copy`. */
export const startHookName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'lower-case letters, digits and -, such as copy')

/** A token shorter than this opens nothing: it could be guessed. */
export const SHORTEST_HOOK_TOKEN = 16

/** An address that starts the job for whoever knows its token: for what can call an address and do nothing else. */
export const startHook = z.strictObject({
  name: startHookName.meta({
    title: 'Name',
    description:
      'Its address is /api/hooks/NAME; that of `copy` is /copy as well. No other job may use the name',
    examples: ['copy'],
  }),
  token: secretReference.meta({
    title: 'Token',
    description: `What the caller must know: at least ${SHORTEST_HOOK_TOKEN} characters, for example what \`openssl rand -hex 24\` prints`,
  }),
})
export type StartHook = z.infer<typeof startHook>
