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

/** Names people give to nodes, vaults, policies, jobs: unique per kind, free to change (ids never do). */
export const objectName = z
  .string()
  .min(1)
  .max(100)
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._+-]*$/u,
    'a name starts with a letter or digit and holds letters, digits, spaces and . _ + -',
  )
