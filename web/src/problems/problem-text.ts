import { ERROR_CODES, type JsonValue } from '@holdfast/contract'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { type ApiProblem, isProblem } from '../api/problem.ts'

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

/** What is wrong with the password one confirms something with, to be said at its field; undefined for another problem. */
export function passwordProblem(error: unknown): string | undefined {
  if (isProblem(error, 'password-needed')) return problemText(error).title
  return isProblem(error, 'password-wrong') ? problemText(error).title : undefined
}

export interface ProblemFacts {
  /** What the server said about this case, in English; empty when the list says it. */
  detail: string
  /** What it said to do about this case; empty when that is what is always said of such a problem. */
  hint: string
  problems: ApiProblem['problems']
  /** What refers to the thing, where that is why it stays. */
  users: { kind: string; name: string }[]
}

/** What is said of this case besides the meaning of its code, each thing once. */
export function factsOf({ code, detail, hint, problems: all, details }: ApiProblem): ProblemFacts {
  const said = new Set<string>()
  const problems = all.filter(({ path, message }) => {
    const key = `${path.join('.')} ${message}`
    return !said.has(key) && said.add(key)
  })
  const known: string | undefined = Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code].hint : hint
  return {
    detail: problems.some(({ message }) => detail.includes(message)) ? '' : detail,
    // With a list it says to correct what is listed.
    hint: hint === known || problems.length > 0 ? '' : hint,
    problems,
    users: code === 'object-in-use' ? usersOf(details.users) : [],
  }
}

function usersOf(users: JsonValue | undefined): ProblemFacts['users'] {
  return (Array.isArray(users) ? users : []).flatMap((user) => {
    if (typeof user !== 'object' || user === null || Array.isArray(user)) return []
    const { kind, name } = user
    return typeof kind === 'string' && typeof name === 'string' ? [{ kind, name }] : []
  })
}
