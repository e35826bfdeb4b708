import { z } from 'zod'

/** Prefix of each kind of id: an id says what it names. The rest is 12 characters of Crockford base 32. */
export const ID_PREFIXES = {
  node: 'nod',
  vault: 'vlt',
  policy: 'pol',
  job: 'job',
  notification: 'ntf',
  run: 'run',
  restorePoint: 'rp',
  asset: 'ast',
  worker: 'wrk',
  user: 'usr',
  session: 'ses',
  token: 'tok',
  delivery: 'dlv',
  audit: 'aud',
} as const

export type IdKind = keyof typeof ID_PREFIXES

export const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export function idOf(kind: IdKind) {
  return z
    .string()
    .regex(
      new RegExp(`^${ID_PREFIXES[kind]}_[${ID_ALPHABET}]{12}$`),
      `expected an id such as ${ID_PREFIXES[kind]}_0123456789ab`,
    )
}

/** The form of an id, of whatever kind, for what stands before the rest of a pattern. */
export const NO_ID = `(?!(?:${Object.values(ID_PREFIXES).join('|')})_[${ID_ALPHABET}]{12}$)`

const NAME = '[\\p{L}\\p{N}][\\p{L}\\p{N} ._+-]*$'

/** A name that was given once, also before {@link objectName} refused it. */
export const givenName = z
  .string()
  .min(1)
  .max(100)
  .regex(new RegExp(`^${NAME}`, 'u'))

/**
 * Names people give to nodes, vaults, policies, jobs: unique per kind, free to change (ids never do). None has the form of
 * an id: wherever a name or an id may stand, it would be taken for another thing.
 */
export const objectName = z
  .string()
  .min(1)
  .max(100)
  .regex(
    new RegExp(`^${NO_ID}${NAME}`, 'u'),
    'a name starts with a letter or digit, holds letters, digits, spaces and . _ + -, and does not look like an id',
  )
