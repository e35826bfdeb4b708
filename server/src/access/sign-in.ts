import { HoldfastError } from '@holdfast/contract'
import { newId } from '../kit/ids.ts'
import { cleanText } from '../kit/text/storable.ts'
import type { Access, Caller, Origin, SignedIn } from './access.ts'
import { ownSession, sessionCaller, tokenCaller } from './callers.ts'
import type { AccessParts } from './create-access.ts'
import type { StoredUser } from './ports.ts'
import { addressKey, FORGET_FAILURES_MS, nameKey, signInSubjects } from './throttle.ts'
import { apiTokenHash, newSecret, secretHash } from './tokens/secret-values.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A session ends after this long without use. */
const IDLE_MS = 12 * HOUR
/** And after this long in any case. */
const LONGEST_MS = 7 * DAY
/** One write a minute is enough to know when a session or token was last used. */
const SEEN_EVERY_MS = MINUTE
/** Whoever signed in from an address this recently is not locked out there by what strangers do. */
const KNOWN_ADDRESS_MS = 90 * DAY
const CLEAN_EVERY_MS = HOUR

function longestOf(createdAt: Date): Date {
  return new Date(createdAt.getTime() + LONGEST_MS)
}

/** A session's end when it is used at this moment. */
function endOf(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + IDLE_MS, longestOf(createdAt).getTime()))
}

const told = ({ address, userAgent }: Origin) => ({
  address: cleanText(address).slice(0, 64),
  userAgent: cleanText(userAgent).slice(0, 200),
})

/** Null when the user was disabled, deleted or signed out everywhere since it was read. */
export async function startSession(
  { store, now }: AccessParts,
  user: StoredUser,
  origin: Origin,
): Promise<SignedIn | null> {
  const at = now()
  const { value, hash } = newSecret()
  const expiresAt = endOf(at, at)
  const id = newId('session')
  const session = { id, secretHash: hash, userId: user.id, sessionEpoch: user.sessionEpoch, at, expiresAt }
  if (!(await store.sessions.create({ ...session, ...told(origin) }))) return null
  const forgetBefore = new Date(at.getTime() - KNOWN_ADDRESS_MS)
  await store.users.signedIn(user.id, at, { address: addressKey(origin.address), forgetBefore })
  const seen = { ...user, lastSignInAt: at.toISOString() }
  const caller = sessionCaller({ id, expiresAt: expiresAt.toISOString(), user: seen })
  return { caller, cookie: value, cookieUntil: longestOf(at) }
}

/** The same session with a new cookie; the one before ends. Throws `not-signed-in`. */
export async function renewSession(
  { store, now }: AccessParts,
  caller: Caller,
  origin: Origin,
): Promise<SignedIn> {
  const { id } = ownSession(caller)
  const at = now()
  const session = (await store.sessions.ofUser(caller.user.id, at)).find((one) => one.id === id)
  const { value, hash } = newSecret()
  const begunAt = session ? new Date(session.createdAt) : at
  const expiresAt = endOf(begunAt, at)
  const next = { secretHash: hash, at, expiresAt, ...told(origin) }
  if (!session || session.user.isDisabled || !(await store.sessions.rotate(id, next))) {
    throw new HoldfastError('not-signed-in', 'the session has ended')
  }
  const renewed = sessionCaller({ id, expiresAt: expiresAt.toISOString(), user: session.user })
  return { caller: renewed, cookie: value, cookieUntil: longestOf(begunAt) }
}

type SignInMethods = Pick<Access, 'signIn' | 'bySession' | 'byToken' | 'refresh' | 'signOut' | 'me'>

export function signInMethods(parts: AccessParts): SignInMethods {
  const { store, now } = parts
  return {
    signIn: signInMethod(parts),

    async bySession(cookie) {
      const hash = secretHash(cookie)
      const at = now()
      const session = hash && (await store.sessions.find(hash, at))
      if (!session || session.user.isDisabled) return null
      if (at.getTime() - Date.parse(session.lastSeenAt) < SEEN_EVERY_MS) return sessionCaller(session)
      const end = endOf(new Date(session.createdAt), at)
      await store.sessions.seen(session.id, at, end)
      return sessionCaller({ ...session, expiresAt: end.toISOString() })
    },

    async byToken(value) {
      const hash = apiTokenHash(value)
      const at = now()
      const token = hash && (await store.tokens.find(hash, at))
      if (!token || token.owner.isDisabled) return null
      if (!token.lastUsedAt || at.getTime() - Date.parse(token.lastUsedAt) >= SEEN_EVERY_MS) {
        await store.tokens.used(token.id, at)
      }
      return tokenCaller(token)
    },

    refresh: (caller, origin) => renewSession(parts, caller, origin),

    signOut: (caller) => parts.together((parts) => signOut(parts, caller)),

    me: ({ user, permissions, via }) => ({
      user,
      permissions: [...permissions],
      session: via.kind === 'session' ? { id: via.id, expiresAt: via.expiresAt } : null,
    }),
  }
}

/** Ends what the request bears: the session, or the token itself. */
async function signOut(parts: AccessParts, caller: Caller): Promise<void> {
  const { user, via } = caller
  if (via.kind === 'session') {
    await parts.store.sessions.remove(via.id, user.id)
    await recordSelf(parts, caller, 'session.sign-out')
    return
  }
  if (await parts.store.tokens.remove(via.id, user.id)) await recordRevoked(parts, caller, via)
}

/** Writes down that somebody revoked an API token of their own. */
export async function recordRevoked(
  { store }: AccessParts,
  { by, user }: Caller,
  token: { id: string; name: string },
): Promise<void> {
  const details = { user: user.name }
  await store.audit.add({ by, action: 'token.revoked', object: token.name, objectId: token.id, details })
}

/** Writes down what a user did about themselves. */
export async function recordSelf(
  { store }: AccessParts,
  { by, user }: Pick<Caller, 'by' | 'user'>,
  action: string,
  details: Record<string, string | number | boolean | null> = {},
): Promise<void> {
  await store.audit.add({ by, action, object: user.name, objectId: user.id, details })
}

/**
 * An unknown user, a disabled one and a wrong password give the same error after the same work: one look at the user, one
 * at the address, the counting, one hash and one line in the records.
 */
function signInMethod(parts: AccessParts): Access['signIn'] {
  const { store, now, hasher, throttle } = parts
  const clean = cleaner(parts)

  async function record(user: StoredUser | null, origin: Origin): Promise<void> {
    const { address } = told(origin)
    await store.audit.add({
      by: user ? `user:${user.name}` : 'nobody',
      action: 'session.sign-in-failed',
      object: user?.name ?? null,
      objectId: user?.id ?? null,
      details: { address },
    })
    parts.log.warn({ address, user: user?.name ?? null }, 'an attempt to sign in failed')
  }

  return async (typed, password, origin) => {
    await clean()
    const name = nameKey(typed)
    const address = addressKey(origin.address)
    const since = new Date(now().getTime() - KNOWN_ADDRESS_MS)
    const isKnown = await store.users.isKnownAddress(name, address, since)
    const attempt = await throttle.begin(signInSubjects(name, address, isKnown))
    let user: StoredUser | null
    let isRight: boolean
    try {
      user = await store.users.byName(name)
      isRight = await hasher.verify(password, user?.passwordHash ?? hasher.nobody, { key: address, isKnown })
    } catch (error) {
      await attempt.undo()
      throw error
    }
    const good = isRight && user !== null && !user.isDisabled ? user : null
    const signedIn =
      good &&
      (await parts.together(async (parts) => {
        const begun = await startSession(parts, good, origin)
        if (begun) await recordSelf(parts, begun.caller, 'session.sign-in', { address: told(origin).address })
        return begun
      }))
    if (!good || !signedIn) {
      await record(user, origin)
      throw attempt.refusal ?? new HoldfastError('sign-in-failed', 'name and password do not belong together')
    }
    await attempt.succeeded()
    if (hasher.isOutdated(good.passwordHash)) {
      // While too many others wait, it is left to the next sign-in.
      const renewed = await hasher.hash(password, { key: address, isKnown: true }).catch(() => null)
      if (renewed) await store.users.rehash(good.id, good.passwordHash, renewed)
    }
    return signedIn
  }
}

/** What nobody needs any more goes now and then, when somebody signs in. */
function cleaner({ store, now }: AccessParts): () => Promise<void> {
  let nextAt = 0
  return async () => {
    const at = now().getTime()
    if (at < nextAt) return
    nextAt = at + CLEAN_EVERY_MS
    await store.sessions.removeExpired(new Date(at))
    await store.failures.removeBefore(new Date(at - FORGET_FAILURES_MS))
  }
}
