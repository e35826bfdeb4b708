import { notifications } from '@mantine/notifications'
import type { ApiProblem } from '../api/problem.ts'
import { problemText } from './problem-text.ts'

/** Tells of a change that failed where no page has a place for it. Stays until it is closed: it asks for something. */
export function notifyProblem(problem: ApiProblem): void {
  const { title, hint } = problemText(problem)
  notifications.show({
    color: 'red',
    title,
    message: (
      <>
        <span lang="en">{problem.detail}</span>
        <br />
        {hint}
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
