import { HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RUN } from '../testkit/fake-control.ts'
import { HOOK_TOKEN, HOST, type TestServer, testServer } from '../testkit/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await testServer()
})
afterEach(() => server.app.close())

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const call = (method: 'GET' | 'POST', url: string, headers: Record<string, string> = {}) =>
  server.app.inject({ method, url, headers: { host: HOST, ...headers } })
const started = () => server.control.calls.filter(({ method }) => method === 'startJob')

describe('a start address', () => {
  test.each([
    ['POST', '/api/hooks/copy', bearer(HOOK_TOKEN)],
    ['POST', `/api/hooks/copy?token=${HOOK_TOKEN}`, {}],
    ['POST', '/copy', bearer(HOOK_TOKEN)],
    ['GET', '/copy', bearer(HOOK_TOKEN)],
    ['GET', `/copy?token=${HOOK_TOKEN}`, {}],
    // No browser sends this for a page of ours, and none is needed.
    [
      'POST',
      '/copy',
      { ...bearer(HOOK_TOKEN), origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    ],
  ] as const)('starts its job by %s %s', async (method, url, headers) => {
    const response = await call(method, url, headers)
    expect([response.statusCode, response.json()]).toEqual([202, { runId: RUN.id, page: `/runs/${RUN.id}` }])
    expect(response.headers['cache-control']).toBe('no-store')
    expect(started().map(({ args }) => args)).toEqual([[RUN.jobId, { by: 'hook:copy', trigger: 'api' }]])
  })

  test('names the page at the address that people use', async () => {
    const known = await testServer({ publicUrl: 'https://backup.example.org' })
    const response = await known.app.inject({ method: 'POST', url: '/copy', headers: bearer(HOOK_TOKEN) })
    expect(response.json().page).toBe(`https://backup.example.org/runs/${RUN.id}`)
    await known.app.close()
  })

  test('refuses every other caller in the same words, cookies and API tokens included', async () => {
    const answers = await Promise.all([
      call('POST', '/api/hooks/copy', bearer('another-wrong-token')),
      call('POST', '/api/hooks/unknown', bearer(HOOK_TOKEN)),
      call('POST', '/api/hooks/copy'),
      call('GET', '/copy?token=another-wrong-token'),
      // A bad header is not made good by the address.
      call('GET', `/copy?token=${HOOK_TOKEN}`, bearer('another-wrong-token')),
      call('GET', `/copy?token=${HOOK_TOKEN}`, { authorization: 'Basic YTpi' }),
      server.as('admin', { method: 'POST', url: '/copy' }),
      server.as('hft_all', { method: 'POST', url: '/copy' }),
    ])
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
    expect(answers[0]?.json()).toMatchObject({ code: 'hook-refused', status: 403 })
    expect(started()).toEqual([])
  })

  test('is not opened by another method, and GET only at /copy', async () => {
    expect((await call('GET', `/api/hooks/copy?token=${HOOK_TOKEN}`)).statusCode).toBe(405)
    expect((await call('POST', `/copy?key=${HOOK_TOKEN}`)).statusCode).toBe(422)
    expect((await server.app.inject({ method: 'HEAD', url: `/copy?token=${HOOK_TOKEN}` })).statusCode).toBe(
      404,
    )
    expect(started()).toEqual([])
  })

  test('leaves its token in no line of the log', async () => {
    await call('GET', `/copy?token=${HOOK_TOKEN}`)
    await call('GET', '/copy?token=another-wrong-token')
    server.control.failures.set('startJob', new HoldfastError('invariant-broken', 'boom'))
    await call('POST', '/copy', bearer(HOOK_TOKEN))
    const lines = server.lines.filter((line) => line.includes('/copy'))
    expect(lines.length).toBeGreaterThanOrEqual(4)
    expect(lines.join('')).not.toMatch(/token-of-the-copy|another-wrong-token/)
  })

  test('is guessed no faster than a password, and keeps nobody from signing in', async () => {
    const strict = await testServer({ limits: { signIn: 3, anonymous: 1e6 } })
    const post = (url: string, headers: Record<string, string>, payload?: object) =>
      strict.app.inject({
        method: 'POST',
        url,
        headers: { host: HOST, ...headers },
        ...(payload && { payload }),
      })
    const codes: string[] = []
    for (let times = 0; times < 5; times++) {
      const guess = await post(
        times % 2 === 0 ? '/copy' : '/api/hooks/other',
        bearer(`guess-number-${times}`),
      )
      codes.push(guess.json().code)
    }
    expect(codes).toEqual(['hook-refused', 'hook-refused', 'hook-refused', 'rate-limited', 'rate-limited'])
    expect((await post('/copy', bearer(HOOK_TOKEN))).statusCode).toBe(429)
    const signIn = await post(
      '/api/auth/login',
      { 'sec-fetch-site': 'same-origin' },
      { name: 'a', password: 'right' },
    )
    expect(signIn.statusCode).toBe(200)
    await strict.app.close()
  })

  test('waits for the first user', async () => {
    server.access.needsSetup = true
    expect((await call('POST', '/copy', bearer(HOOK_TOKEN))).json().code).toBe('setup-needed')
    expect(started()).toEqual([])
  })

  test('is described with the token that it takes', async () => {
    const { paths } = (await server.as('admin', { url: '/api/openapi.json' })).json()
    expect(paths['/copy'].get).toMatchObject({ security: [{ startToken: [] }], 'x-permission': 'public' })
    expect(paths['/api/hooks/{name}'].post.security).toEqual([{ startToken: [] }])
  })
})
