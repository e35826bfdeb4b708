import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../api/problem.ts'

/** Meaning of a problem and what to do about it, in the reader's language. */
export function useProblemText(problem: ApiProblem): { title: string; hint: string } {
  useTranslation('errors')
  return problemText(problem)
}

/** The same outside of a component. A server newer than this page may know more codes: its own words then. */
export function problemText(problem: ApiProblem): { title: string; hint: string } {
  if (!i18next.exists(`errors:${problem.code}.title`)) return { title: problem.code, hint: problem.hint }
  return {
    title: i18next.t(`errors:${problem.code}.title`),
    hint: i18next.t(`errors:${problem.code}.hint`),
  }
}
