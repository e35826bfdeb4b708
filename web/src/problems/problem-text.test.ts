import { ERROR_CODES } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { ApiProblem } from '../api/problem.ts'
import { factsOf, passwordProblem } from './problem-text.ts'

const { hint } = ERROR_CODES['config-invalid']
const short = { path: ['password'], message: 'at least 12 characters' }
const problem = (detail: string, more: { hint?: string; problems?: ApiProblem['problems'] } = {}) =>
  factsOf(new ApiProblem({ status: 422, code: 'config-invalid', detail, hint, ...more }))

it('says once what a list says', () => {
  const { problems, detail } = problem('at least 12 characters, and 1 more', { problems: [short, short] })
  expect(problems).toEqual([short])
  expect(detail).toBe('')
  expect(problem('jobs[0] password: at least 12 characters', { problems: [short] }).detail).toBe('')
})

it('keeps what only the server knows', () => {
  const facts = problem('a user has at most 50 API tokens', { hint: 'Revoke one.' })
  expect(facts).toEqual({
    detail: 'a user has at most 50 API tokens',
    hint: 'Revoke one.',
    problems: [],
    users: [],
  })
  expect(problem('not so').hint).toBe('')
  expect(problem('something else', { problems: [short] }).detail).toBe('something else')
})

it('names what a thing is used by', () => {
  const users = [{ kind: 'jobs', name: 'big' }, { kind: 'jobs' }, 'x', null]
  const used = new ApiProblem({
    status: 409,
    code: 'object-in-use',
    detail: '',
    hint: '',
    details: { users },
  })
  expect(factsOf(used).users).toEqual([{ kind: 'jobs', name: 'big' }])
})

it('says at its field what is wrong with a password, and nothing of other problems', () => {
  const told = (code: 'password-needed' | 'password-wrong' | 'not-allowed') =>
    passwordProblem(new ApiProblem({ status: 403, code, detail: '', hint: '' }))
  expect(told('password-needed')).not.toBe('')
  expect(told('password-wrong')).not.toBe(told('password-needed'))
  expect(told('not-allowed')).toBeUndefined()
  expect(passwordProblem(null)).toBeUndefined()
})
