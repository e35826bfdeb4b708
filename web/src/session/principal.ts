import i18next from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** Who did something, as the records name them. */
export type Principal =
  | { kind: 'user'; name: string }
  | { kind: 'token'; token: string; owner: string }
  | { kind: 'account'; name: string }
  /** A start address of a job. */
  | { kind: 'hook'; name: string }
  | { kind: 'nobody' }
  /** Whatever a script called itself. */
  | { kind: 'other'; text: string }

/** Reads `user:anna`, `token:ci of anna`, `cli:root`, `hook:copy`, `nobody`. */
export function parsePrincipal(text: string): Principal {
  if (text === 'nobody') return { kind: 'nobody' }
  const [, kind, rest = ''] = /^(user|token|cli|hook):(.+)$/.exec(text) ?? []
  if (kind === 'user' || kind === 'hook') return { kind, name: rest }
  if (kind === 'cli') return { kind: 'account', name: rest }
  // The name of a token may hold " of ", the name of a user no blank.
  const [, token, owner] = /^(.+) of (\S+)$/.exec(rest) ?? []
  return token !== undefined && owner !== undefined
    ? { kind: 'token', token, owner }
    : { kind: 'other', text }
}

/** Who did something, in words: "anna", "the token “ci” of anna", "root on the server", "the start address “copy”". */
export function principalText(by: string): string {
  const principal = parsePrincipal(by)
  switch (principal.kind) {
    case 'user':
      return principal.name
    case 'token':
      return i18next.t('users:who.token', { token: principal.token, owner: principal.owner })
    case 'account':
      return i18next.t('users:who.account', { name: principal.name })
    case 'hook':
      return i18next.t('users:who.hook', { name: principal.name })
    case 'nobody':
      return i18next.t('users:who.nobody')
    case 'other':
      return principal.text
  }
}

/** The same for components, which are drawn again when the language changes. */
export function usePrincipalText(): (by: string) => string {
  const { i18n } = useTranslation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is that of the language, which i18next keeps
  return useCallback((by) => principalText(by), [i18n.language])
}
