import type { Run, RunSummary } from '@holdfast/contract'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { isLanguage } from '../../language/language.ts'

/** The kinds of job the server has, described in the reader's language. */
export function useJobKinds() {
  const { i18n } = useTranslation()
  const language = isLanguage(i18n.language) ? i18n.language : 'en'
  return useApi('GET /api/schemas', { query: { language } }).data?.kinds
}

/** Name of a job kind in the reader's language; the kind itself until that is known. */
export function useKindTitle(): (kind: string) => string {
  const kinds = useJobKinds()
  return useCallback((kind) => kinds?.find((one) => one.kind === kind)?.title ?? kind, [kinds])
}

/** How long a run took, or has taken by now; null before it began. Milliseconds. */
export function runDuration(
  run: Pick<Run | RunSummary, 'startedAt' | 'finishedAt'>,
  now: number,
): number | null {
  if (run.startedAt === null) return null
  const end = run.finishedAt === null ? now : Date.parse(run.finishedAt)
  return Math.max(end - Date.parse(run.startedAt), 0)
}
