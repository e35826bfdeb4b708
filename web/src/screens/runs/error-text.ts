import i18next from 'i18next'
import { useTranslation } from 'react-i18next'

/** Meaning of an error and what to do, in the reader's language; the server's own words for a code this page does not know. */
export function useErrorText(error: { code: string; hint: string }): { title: string; hint: string } {
  const { t } = useTranslation('errors')
  const code = error.code as Parameters<typeof isKnown>[0]
  if (!isKnown(code)) return { title: error.code, hint: error.hint }
  return { title: t(`${code}.title`), hint: t(`${code}.hint`) }
}

function isKnown(code: 'no-progress'): boolean {
  return i18next.exists(`errors:${code}.title`)
}
