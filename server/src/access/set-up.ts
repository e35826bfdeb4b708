import { timingSafeEqual } from 'node:crypto'
import { HoldfastError } from '@holdfast/contract'
import { newId } from '../kit/ids.ts'
import type { Access } from './access.ts'
import type { AccessParts } from './create-access.ts'
import { requireStrongPassword } from './passwords/strength.ts'
import { recordSelf, startSession } from './sign-in.ts'
import { newSecret, secretHash } from './tokens/secret-values.ts'

/** Setting that holds the SHA-256 of the newest set-up token in hex; null when it was used. */
const SETTING = 'setup-token'

type SetUpMethods = Pick<Access, 'isSetupNeeded' | 'newSetupToken' | 'setUp'>

/** The way to the first user: whoever reads the log of the server gets a link, which works once. */
export function setUpMethods(parts: AccessParts): SetUpMethods {
  const { store, hasher } = parts
  const isSetupNeeded = async () => (await store.users.count()) === 0
  return {
    isSetupNeeded,

    async newSetupToken() {
      if (!(await isSetupNeeded())) return null
      const { value, hash } = newSecret()
      await store.settings.set(SETTING, hash.toString('hex'))
      return value
    },

    async setUp({ token, name, password, language, timeZone }, origin) {
      if (!(await isSetupNeeded()) || !isToken(token, await store.settings.get(SETTING))) {
        throw new HoldfastError(
          'setup-link-invalid',
          'the set-up link was used, or a newer one has been made',
        )
      }
      requireStrongPassword(password, name)
      const passwordHash = await hasher.hash(password, { key: origin.address, isKnown: true })
      const row = {
        id: newId('user'),
        name,
        passwordHash,
        role: 'admin',
        nodes: null,
        language,
        timeZone,
      } as const
      return await parts.together(async (parts) => {
        // Of two with the same link at the same time, the store lets one through.
        const user = await parts.store.users.create(row, { onlyFirst: true })
        await parts.store.settings.set(SETTING, null)
        const signedIn = await startSession(parts, user, origin)
        if (!signedIn)
          throw new HoldfastError('not-signed-in', 'the user was changed while it was being made')
        const { address } = origin
        await recordSelf(parts, signedIn.caller, 'user.created', { role: 'admin', setUpFrom: address })
        return signedIn
      })
    },
  }
}

function isToken(token: string, stored: unknown): boolean {
  const given = secretHash(token)
  if (given === null || typeof stored !== 'string') return false
  const expected = Buffer.from(stored, 'hex')
  return expected.length === given.length && timingSafeEqual(given, expected)
}
