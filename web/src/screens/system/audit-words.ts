import i18next from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { inWords } from '../../format/in-words.ts'

/** Everything that is written down, in the order in which a filter offers it. */
export const ACTIONS = [
  'job.start',
  'verify.start',
  'restore.start',
  'run.cancel',
  'run.approve',
  'run.refuse',
  'point.protect',
  'point.unprotect',
  'point.remove',
  'object.create',
  'object.change',
  'object.delete',
  'config.apply',
  'secret.set',
  'secret.delete',
  'notification.test',
  'lock.acquire',
  'lock.release',
  'catalog.reindex-start',
  'catalog.reindex',
  'session.sign-in',
  'session.sign-in-failed',
  'session.sign-out',
  'session.revoked',
  'session.all-revoked',
  'token.created',
  'token.create-failed',
  'token.revoked',
  'user.created',
  'user.changed',
  'user.deleted',
  'user.password-changed',
  'user.password-change-failed',
  'user.password-reset',
] as const

/** What was done, in words; the bare code of what only a newer server knows. */
export function useActionText(): (action: string) => string {
  const { t } = useTranslation('users')
  return useCallback(
    (action) => {
      const word = action.replaceAll('.', '-') as 'job-start'
      return i18next.exists(`users:audit.did.${word}`) ? t(`audit.did.${word}`) : action
    },
    [t],
  )
}

/** What a detail is called. */
export function useDetailTitle(): (name: string) => string {
  const { t } = useTranslation('users')
  return (name) => {
    const known = name as 'runId'
    return i18next.exists(`users:audit.detail.${known}`) ? t(`audit.detail.${known}`) : inWords(name)
  }
}
