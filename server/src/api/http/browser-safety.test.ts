import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOST, type TestServer, testServer } from '../testkit/test-server.ts'

let server: TestServer
const dir = mkdtempSync(path.join(tmpdir(), 'holdfast-web-'))
beforeAll(async () => {
  const root = path.join(dir, 'web')
  mkdirSync(path.join(root, 'assets'), { recursive: true })
  writeFileSync(path.join(root, 'index.html'), '<title>Holdfast</title>')
  writeFileSync(path.join(root, 'assets/app-1a2b.js'), 'run()')
  writeFileSync(path.join(root, '.hidden.txt'), 'hidden')
  writeFileSync(path.join(dir, 'outside.txt'), 'outside')
  server = await testServer({
    webRoot: root,
    trustProxy: ['10.0.0.1'],
  })
})
afterAll(async () => {
  await server.app.close()
  rmSync(dir, { recursive: true })
})

const login = {
  method: 'POST',
  url: '/api/auth/login',
  payload: { name: 'admin', password: 'right' },
} as const
const run = { method: 'POST', url: '/api/jobs/documents/run' } as const

describe('a change from another site', () => {
  const foreign: [string, Record<string, string>][] = [
    ['no word about its origin', {}],
    ['another origin', { origin: 'https://evil.example' }],
    ['another port', { origin: `http://${HOST}:8080` }],
    ['the opaque origin', { origin: 'null' }],
    ['no address at all', { origin: 'x' }],
    ['cross-site, though the origin fits', { 'sec-fetch-site': 'cross-site', origin: `http://${HOST}` }],
    ['same-site only', { 'sec-fetch-site': 'same-site' }],
    ['typed in, without an origin', { 'sec-fetch-site': 'none' }],
    [
      'a name that its owner lets lead here',
      { 'sec-fetch-site': 'same-origin', origin: 'http://evil.example', host: 'evil.example' },
    ],
    ['no proper host', { 'sec-fetch-site': 'same-origin', host: 'a@127.0.0.1' }],
    ['a host in front of ours', { origin: `http://${HOST}.evil.example` }],
    [
      'a forwarded host of somebody untrusted',
      { origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' },
    ],
  ]
  test.each(foreign)('is refused: %s', async (_, headers) => {
    for (const request of [login, { ...run, headers: { cookie: 'holdfast=admin' } }]) {
      const own = 'headers' in request ? request.headers : {}
      const response = await server.as(null, { ...request, headers: { ...own, ...headers } })
      expect(response.json()).toMatchObject({ code: 'cross-site-request', status: 403 })
      expect(response.headers['set-cookie']).toBeUndefined()
    }
  })

  test.each([
    { 'sec-fetch-site': 'same-origin' },
    { origin: `http://${HOST}` },
    { origin: `https://${HOST}`, host: `${HOST}:443` },
    { 'sec-fetch-site': 'same-origin', host: '127.0.0.1:8420' },
    { 'sec-fetch-site': 'same-origin', host: '[::1]:8420' },
    { 'sec-fetch-site': 'same-origin', host: 'localhost' },
    { 'sec-fetch-site': 'none', origin: `http://${HOST}` },
  ])('is told from one of our own: %o', async (headers) => {
    expect((await server.as(null, { ...login, headers })).statusCode).toBe(200)
    const own = await server.as(null, { ...run, headers: { cookie: 'holdfast=admin', ...headers } })
    expect(own.statusCode).toBe(202)
  })

  test('is no matter for a token, which no browser sends by itself', async () => {
    const response = await server.as('hft_all', { ...run, headers: { origin: 'https://evil.example' } })
    expect(response.statusCode).toBe(202)
  })

  test('cannot be a form: only JSON is taken', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const response = await server.as('admin', {
        ...login,
        payload: '{}',
        headers: { 'content-type': type },
      })
      expect(response.json()).toMatchObject({ code: 'request-invalid', status: 415 })
    }
  })
})

describe('a server that knows its public address', () => {
  const origin = 'https://holdfast.example.net'
  let known: TestServer
  beforeAll(async () => {
    known = await testServer({ publicUrl: origin })
  })
  afterAll(() => known.app.close())

  test.each([
    [{ origin }, 200],
    [{ origin, 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin, 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: `http://${HOST}` }, 403],
    [{ origin: 'http://127.0.0.1', host: '127.0.0.1', 'sec-fetch-site': 'same-origin' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 403],
  ])('takes changes from there only: %o', async (headers, status) => {
    expect((await known.as(null, { ...login, headers })).statusCode).toBe(status)
  })

  test('has cookies for https only, whatever the proxy says', async () => {
    const made = await known.as(null, { ...login, headers: { origin } })
    expect(String(made.headers['set-cookie'])).toMatch(/^__Host-holdfast=admin; .*; Secure;/)
    expect(made.headers['strict-transport-security']).toContain('max-age=')
    const ask = (cookie: string) => known.as(null, { url: '/api/status', headers: { cookie } })
    expect((await ask('__Host-holdfast=admin')).statusCode).toBe(200)
    expect((await ask('holdfast=admin')).statusCode).toBe(401)
  })
})

describe('the cookie', () => {
  test('is bound to host and scheme', async () => {
    const headers = { 'sec-fetch-site': 'same-origin' }
    const plain = String((await server.as(null, { ...login, headers })).headers['set-cookie'])
    expect(plain).toMatch(/^holdfast=admin; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/)
    const forwarded = { ...headers, 'x-forwarded-proto': 'https' }
    const trusted = await server.as(null, { ...login, headers: forwarded, remoteAddress: '10.0.0.1' })
    expect(String(trusted.headers['set-cookie'])).toMatch(
      /^__Host-holdfast=admin; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect(trusted.headers['strict-transport-security']).toContain('max-age=')
    const untrusted = await server.as(null, { ...login, headers: forwarded, remoteAddress: '10.0.0.2' })
    expect(String(untrusted.headers['set-cookie'])).toMatch(/^holdfast=/)
    expect(untrusted.headers['strict-transport-security']).toBeUndefined()
  })

  test('of plain http is not taken over https', async () => {
    const request = { url: '/api/status', remoteAddress: '10.0.0.1' }
    const headers = { 'x-forwarded-proto': 'https', cookie: 'holdfast=admin' }
    expect((await server.as(null, { ...request, headers })).statusCode).toBe(401)
    const secure = { ...headers, cookie: '__Host-holdfast=admin' }
    expect((await server.as(null, { ...request, headers: secure })).statusCode).toBe(200)
  })

  test('goes with signing out', async () => {
    const response = await server.as('admin', { method: 'POST', url: '/api/auth/logout' })
    expect(response.statusCode).toBe(204)
    expect(String(response.headers['set-cookie'])).toMatch(/^holdfast=; .*Expires=Thu, 01 Jan 1970/)
    expect(server.access.calls).toContain('signOut')
  })
})

describe('headers', () => {
  test.each(['/api/status', '/', '/api/nothing', '/%', '/docs/', '/assets/app-1a2b.js'])(
    'guard %s',
    async (url) => {
      const { headers } = await server.as(null, { url })
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers['access-control-allow-origin']).toBeUndefined()
    },
  )

  test('say what may be kept', async () => {
    const kept = async (url: string) => (await server.as('admin', { url })).headers['cache-control']
    expect(await kept('/api/status')).toBe('no-store')
    expect(await kept('/')).toBe('no-cache')
    expect(await kept('/runs/run_1')).toBe('no-cache')
    expect(await kept('/assets/app-1a2b.js')).toBe('public, max-age=31536000, immutable')
  })
})

describe('files', () => {
  test.each(['/', '/runs', '/jobs/documents', '/users/anna.rossi', '/index.html'])(
    '%s is the application',
    async (url) => {
      const response = await server.as(null, { url })
      expect(response.body).toContain('<title>Holdfast')
      expect(response.headers['content-type']).toContain('text/html')
    },
  )

  test.each([
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/%2e%2e%2foutside.txt',
    '/assets/..%2f..%2foutside.txt',
    '/..%5coutside.txt',
    '/assets/%2e%2e/%2e%2e/outside.txt',
    '/....//outside.txt',
    '/.hidden.txt',
    '/outside.txt%00.js',
    '/%00',
    '/%c0%ae%c0%ae/outside.txt',
    '/%E0%A4%A',
    '//outside.txt',
    '/assets/',
    '/assets/missing.js',
    '/api',
    '/api/nothing',
    '/docs/nothing',
  ])('%s is none', async (url) => {
    const response = await server.as('admin', { url })
    expect([response.statusCode, url]).toEqual([
      expect.toSatisfy((code) => code === 404 || code === 400 || code === 200),
      url,
    ])
    expect(response.body).not.toMatch(/outside|hidden/)
    if (response.statusCode !== 200) {
      expect(response.headers['content-type']).toContain('application/problem+json')
    } else expect(response.body).toContain('<title>Holdfast')
  })

  test.each([
    ['If-Match', { 'if-match': '"other"' }, 412],
    ['If-Match', { 'if-match': 'W/"1"' }, 412],
    ['If-Unmodified-Since', { 'if-unmodified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' }, 412],
    ['Range', { range: 'bytes=9999-' }, 416],
  ])('are not what %s asks for: %j', async (_, headers, status) => {
    for (const url of ['/', '/runs', '/assets/app-1a2b.js']) {
      const response = await server.as(null, { url, headers })
      expect(response.statusCode, url).toBe(status)
      expect(response.json()).toMatchObject({ status, code: 'request-invalid' })
    }
    expect((await server.as(null, { method: 'HEAD', url: '/', headers })).statusCode).toBe(status)
  })
})
