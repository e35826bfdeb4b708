import { notifications } from '@mantine/notifications'
import type { ApiProblem } from '../api/problem.ts'
import { ProseText } from '../format/prose-text.tsx'
import { ProblemDetails } from './problem-details.tsx'
import { factsOf, problemText } from './problem-text.ts'

/** Tells of a change that failed where no page has a place for it. Stays until it is closed: it asks for something. */
export function notifyProblem(problem: ApiProblem): void {
  const { title, hint } = problemText(problem)
  notifications.show({
    color: 'red',
    title,
    message: (
      <>
        <ProseText text={hint} />
        <ProblemDetails {...factsOf(problem)} />
      </>
    ),
    autoClose: false,
    withBorder: true,
  })
}

/** Tells that something was done; goes away by itself. */
export function notifyDone(message: string): void {
  notifications.show({ color: 'teal', message, autoClose: 4000, withBorder: true })
}
