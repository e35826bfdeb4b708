import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { apiQuery } from '../api/queries.ts'
import { useFormat } from '../format/use-format.ts'
import { isLanguage } from '../language/language.ts'
import { createPhrases, type Phrases } from './phrases.ts'

const UNKNOWN = {}

/** What runs say in the reader's language; in English until the server has told the words, once for each language. */
export function usePhrases(): Phrases {
  const { i18n } = useTranslation()
  const format = useFormat()
  const language = isLanguage(i18n.language) ? i18n.language : 'en'
  const words = apiQuery('GET /api/schemas', { query: { language } })
  const { data } = useQuery({ ...words, staleTime: Number.POSITIVE_INFINITY })
  const catalog = data?.phrases ?? UNKNOWN
  return useMemo(() => createPhrases(catalog, format), [catalog, format])
}
