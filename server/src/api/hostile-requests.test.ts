import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newApiToken } from '../access/tokens/secret-values.ts'
import { CALLERS } from './testkit/fake-access.ts'
import { type TestServer, testServer } from './testkit/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await testServer()
})
afterEach(() => server.app.close())

describe('a body that is there to keep the server busy', () => {
  const post = (payload: object) => server.as('admin', { method: 'POST', url: '/api/nodes', payload })
  const name = { name: 'alpha', kind: 'host' }

  test.each([
    ['many unknown keys', Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`key${n}`, 1]))],
    ['one key as long as the body', { ['k'.repeat(1_000_000)]: 1 }],
    ['one value as long as the body', { kind: 'h'.repeat(1_000_000) }],
  ])('of %s is answered shortly and at once', async (_, more) => {
    await post({ ...name, extra: 1 })
    const started = performance.now()
    const response = await post({ ...name, ...more })
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(response.statusCode).toBe(422)
    expect(response.json().problems.length).toBeLessThanOrEqual(50)
    expect(response.body.length).toBeLessThan(50_000)
  })

  test.each(['/api/auth/login', '/api/auth/password', '/api/setup'])(
    'may be short only at %s',
    async (url) => {
      const payload = { name: 'x'.repeat(16 * 1024) }
      const response = await server.as('admin', { method: 'POST', url, payload })
      expect(response.json()).toMatchObject({ code: 'request-too-large', status: 413 })
    },
  )
})

describe('a text that no database can hold', () => {
  test.each([
    ['path', { url: '/api/runs/a%00b' }],
    ['query', { url: '/api/runs?job=a%00b' }],
    ['body', { method: 'POST', url: '/api/nodes', payload: { name: 'a\0b', kind: 'host' } }],
    ['key of a body', { method: 'POST', url: '/api/nodes', payload: { 'a\0b': 1 } }],
    [
      'body deep inside',
      { method: 'POST', url: '/api/jobs', payload: { config: { list: [{ a: '\ud800' }] } } },
    ],
  ] as const)('is refused in the %s', async (_, request) => {
    const response = await server.as('admin', request)
    expect(response.json()).toMatchObject({ code: 'request-invalid', status: 400 })
    expect(server.control.calls).toEqual([])
  })

  test('nor is a year', async () => {
    const ask = (year: string) => server.as('admin', { url: `/api/runs?from=${year}-01-01T00:00:00Z` })
    expect((await ask('0000')).statusCode).toBe(422)
    expect((await ask('1969')).statusCode).toBe(422)
    expect((await ask('1970')).statusCode).toBe(200)
    expect((await ask('9999')).statusCode).toBe(200)
  })
})

describe('guesses of tokens and cookies', () => {
  const guess = (slow: TestServer, headers: Record<string, string>) =>
    slow.as(null, { url: '/api/status', headers })

  test.each([
    ['byToken', (n: number) => ({ authorization: `Bearer hft_guess${n}` })],
    ['bySession', (n: number) => ({ cookie: `holdfast=guess${n}` })],
  ] as const)('ask the database no more often than they may (%s)', async (method, headers) => {
    const slow = await testServer({ limits: { caller: 1e6, anonymous: 5, signIn: 5 } })
    const asked = vi.spyOn(slow.access, method)
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(slow, headers(n))))
    for (let n = 40; n < 60; n += 1) answers.push(await guess(slow, headers(n)))
    expect(asked.mock.calls.length).toBe(5)
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(55)
    await slow.app.close()
  })

  test.each([
    ['a fresh sign-in', 'POST', '/api/auth/login', { name: 'anna', password: 'right' }],
    ['a renewed session', 'POST', '/api/auth/refresh', {}],
    ['a new token', 'POST', '/api/auth/tokens', { name: 'ci', permissions: ['read'], expiresInDays: 30 }],
  ] as const)('stop nobody with what %s gave', async (_, method, url, payload) => {
    const slow = await testServer({ limits: { caller: 1e6, anonymous: 5, signIn: 5 } })
    // Somebody who is known already makes the request; what it gives is used for the first time after the guesses.
    await slow.as('admin', { url: '/api/status' })
    const given = await slow.as('admin', { method, url, payload })
    expect(given.statusCode).toBeLessThan(300)
    const cookie = given.cookies[0]?.value
    const bears = cookie
      ? { cookie: `holdfast=${cookie}` }
      : { authorization: `Bearer ${given.json().value}` }
    const knows = async () => CALLERS.viewer
    vi.spyOn(slow.access, 'bySession').mockImplementation(async (value) =>
      value === cookie ? await knows() : null,
    )
    vi.spyOn(slow.access, 'byToken').mockImplementation(async (value) =>
      value === given.json().value ? await knows() : null,
    )
    for (let n = 0; n < 20; n += 1) await guess(slow, { authorization: `Bearer hft_guess${n}` })
    for (let n = 0; n < 20; n += 1) await guess(slow, { authorization: `Bearer ${newApiToken().value}` })
    expect((await guess(slow, { authorization: `Bearer ${newApiToken().value}` })).statusCode).toBe(429)
    expect((await guess(slow, bears)).statusCode).toBe(200)
    await slow.app.close()
  })

  test('that have the form of no credential stop nobody whose credential has it', async () => {
    const slow = await testServer({ limits: { caller: 1e6, anonymous: 5, signIn: 5 } })
    for (let n = 0; n < 20; n += 1) await guess(slow, { authorization: `Bearer hft_guess${n}` })
    const { value } = newApiToken()
    vi.spyOn(slow.access, 'byToken').mockResolvedValue(CALLERS.viewer)
    expect((await guess(slow, { authorization: `Bearer ${value}` })).statusCode).toBe(200)
    await slow.app.close()
  })

  test('stop nobody who was let in before, and good requests are not counted', async () => {
    const slow = await testServer({ limits: { caller: 1e6, anonymous: 5, signIn: 5 } })
    for (let n = 0; n < 20; n += 1) {
      expect((await slow.as('viewer', { url: '/api/status' })).statusCode).toBe(200)
    }
    for (let n = 0; n < 20; n += 1) await guess(slow, { authorization: `Bearer hft_guess${n}` })
    const many = Array.from({ length: 20 }, () => slow.as('viewer', { url: '/api/status' }))
    expect(new Set((await Promise.all(many)).map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
    await slow.app.close()
  })
})
