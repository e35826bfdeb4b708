import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../session/me.ts'
import { createFormat, type Format } from './format.ts'

/** Formats for whoever is signed in; before that, for the browser's own time zone. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  const { data } = useQuery({ ...meQuery, enabled: false })
  const timeZone = data?.user.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return useMemo(() => createFormat(localeOf(i18n.language), timeZone), [i18n.language, timeZone])
}

/** The browser's own variant of the language where it has one: `de-CH`, `en-GB` instead of `de`, `en`. */
function localeOf(language: string): string {
  return (
    navigator.languages.find((tag) => tag.startsWith(`${language}-`)) ??
    (language === 'en' ? 'en-GB' : language)
  )
}
