import { expect, it } from 'vitest'
import { asProblem, isProblem, problemOf } from './problem.ts'

const now = new Date('2026-11-20T03:00:00Z')
const document = {
  type: '/docs/errors#sign-in-locked',
  title: 'Too many attempts',
  status: 429,
  detail: 'five attempts failed',
  code: 'sign-in-locked',
  kind: 'access',
  hint: 'Wait.',
}

it('reads a problem document with the time to wait', async () => {
  const response = new Response(JSON.stringify(document), { status: 429, headers: { 'retry-after': '90' } })
  const problem = await problemOf(response, now)
  expect(problem).toMatchObject({ code: 'sign-in-locked', detail: 'five attempts failed', problems: [] })
  expect(problem.retryAt?.toISOString()).toBe('2026-11-20T03:01:30.000Z')
  expect(isProblem(problem, 'sign-in-locked')).toBe(true)
  expect(isProblem(problem, 'not-signed-in')).toBe(false)
})

it('takes what a proxy says while the server is away for an unreachable server', async () => {
  const response = new Response('<html>Bad gateway</html>', { status: 502, statusText: 'Bad Gateway' })
  expect(await problemOf(response, now)).toMatchObject({
    code: 'server-unreachable',
    detail: '502 Bad Gateway',
  })
})

it('takes any other answer that is no problem document for a foreign server', async () => {
  expect(await problemOf(new Response('{}', { status: 418 }), now)).toMatchObject({
    code: 'server-answer-invalid',
    retryAt: null,
  })
})

it('makes a bug of what nobody classified', () => {
  expect(asProblem(new TypeError('x is undefined'))).toMatchObject({
    code: 'invariant-broken',
    detail: 'x is undefined',
  })
})
