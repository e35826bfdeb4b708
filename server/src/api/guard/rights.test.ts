import { HoldfastError } from '@holdfast/contract'
import type { InjectOptions } from 'fastify'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rule } from '../http/call.ts'
import { CALLERS, type CallerName } from '../testkit/fake-access.ts'
import { type TestServer, testServer } from '../testkit/test-server.ts'
import { requireRules } from './guard.ts'

type Verdict = 'in' | 'sign in' | 'refused'
const everybody = [null, ...(Object.keys(CALLERS) as CallerName[])]

let server: TestServer
beforeAll(async () => {
  server = await testServer()
  await server.app.ready()
})
afterAll(() => server.app.close())

/** Written down a second time on purpose: what the contract means, not how the guard reads it. */
const MAY: Record<Rule['permission'], (CallerName | null)[]> = {
  public: everybody,
  read: ['viewer', 'operator', 'admin', 'limited', 'hft_read', 'hft_all'],
  operate: ['operator', 'admin', 'limited', 'hft_all'],
  lock: ['operator', 'admin', 'limited', 'hft_lock', 'hft_all'],
  metrics: ['admin', 'hft_metrics', 'hft_all'],
  configure: ['admin', 'hft_all'],
  administer: ['admin', 'hft_all'],
  account: ['viewer', 'operator', 'admin', 'limited'],
}

/** Routes for people that are open to tokens too, about themselves. */
const FOR_TOKENS_TOO = ['signOut']

function expected({ id, permission, limited }: Rule, caller: CallerName | null): Verdict {
  if (FOR_TOKENS_TOO.includes(id) && caller !== null) return 'in'
  if (caller === 'limited' && limited === 'refused' && permission !== 'public') return 'refused'
  if (MAY[permission].includes(caller)) return 'in'
  return caller === null ? 'sign in' : 'refused'
}

function verdict(response: { statusCode: number; json(): { code: string } }): Verdict {
  if (response.statusCode !== 401 && response.statusCode !== 403) return 'in'
  const { code } = response.json()
  if (code === 'not-signed-in') return 'sign in'
  // Wrong passwords and used links are the answers of a route that let the request in.
  return code === 'not-allowed' ? 'refused' : 'in'
}

describe('every route that the server has', () => {
  test('lets in whom its rule names and nobody else', async () => {
    let checked = 0
    const wrong: string[] = []
    for (const { method, url, config } of server.app.routeTable) {
      const rule = config?.rule
      if (!rule) throw new Error(`${url} has no rule`)
      const methods = [method].flat() as NonNullable<InjectOptions['method']>[]
      if (url.endsWith('/events')) continue
      for (const each of methods) {
        for (const caller of everybody) {
          const path = url.replace(/:\w+/g, 'some').replace('*', 'page')
          const origin = caller === null ? { 'sec-fetch-site': 'same-origin' } : {}
          const response = await server.as(caller, { method: each, url: path, headers: origin })
          const [found, wanted] = [verdict(response), expected(rule, caller)]
          if (found !== wanted) wrong.push(`${each} ${url} as ${caller}: ${found}, not ${wanted}`)
          checked += 1
        }
      }
    }
    expect(wrong).toEqual([])
    expect(checked).toBeGreaterThan(90 * everybody.length)
  })

  test('has its streams behind the same guard', async () => {
    const streams = server.app.routeTable.filter(({ url }) => url.endsWith('/events'))
    expect(streams.map(({ config }) => config?.rule?.permission)).toEqual(['read', 'read'])
    for (const { url } of streams) {
      const refused = await server.as('hft_lock', { url: url.replace(':ref', 'some') })
      expect(refused.json()).toMatchObject({ code: 'not-allowed' })
    }
  })

  test('of a person limited to nodes is answered from what belongs to these nodes', async () => {
    await server.as('limited', { url: '/api/runs' })
    expect(server.views.at(-1)).toEqual(['nod_0000000000aa'])
    await server.as('limited', { method: 'POST', url: '/api/jobs/documents/run' })
    expect(server.views.at(-1)).toEqual(['nod_0000000000aa'])
    await server.as('admin', { url: '/api/runs' })
    expect(server.views.at(-1)).toBeNull()
  })

  test.each([
    ['admin', true],
    ['operator', false],
    ['limited', false],
    ['hft_all', true],
    ['hft_read', false],
  ] as const)('of %s is answered as to somebody who may configure: %s', async (caller, expected) => {
    await server.as(caller, { url: '/api/runs' })
    expect(server.administering.at(-1)).toBe(expected)
  })

  test('is found out before its body is read', async () => {
    const response = await server.as('viewer', {
      method: 'POST',
      url: '/api/nodes',
      payload: '{',
      headers: { 'content-type': 'text/x' },
    })
    expect(response.json()).toMatchObject({ code: 'not-allowed', status: 403 })
  })

  test('is open to administrators only where it tells of others', () => {
    const open = server.app.routeTable
      .filter(({ url }) => /^\/api\/(users|tokens|audit|doctor|reindex)/.test(url))
      .filter(({ config }) => config?.rule?.permission !== 'administer')
    expect(open).toEqual([])
  })

  test('is closed to people limited to nodes where it manages users, sessions and tokens of others', () => {
    const managing = server.app.routeTable.filter(({ url }) => /^\/api\/(users|tokens)/.test(url))
    expect(managing.length).toBeGreaterThanOrEqual(8)
    expect(managing.filter(({ config }) => config?.rule?.limited !== 'refused')).toEqual([])
    const own = server.app.routeTable.filter(({ url }) => /^\/api\/auth\/(sessions|tokens)/.test(url))
    expect(own.filter(({ config }) => config?.rule?.permission !== 'account')).toEqual([])
  })
})

describe('a route that somebody forgot to guard', () => {
  test('keeps the server from starting', async () => {
    const { app } = await testServer()
    app.get('/api/forgotten', async () => 'all secrets')
    await expect(app.ready()).rejects.toThrow(/routes without a rule: GET \/api\/forgotten/)
  })

  test('is seen in plugins and with several methods too', async () => {
    const app = Fastify()
    app.decorate('routeTable', [])
    requireRules(app)
    await app.register(async (scope) => {
      scope.route({ method: ['PUT', 'DELETE'], url: '/deep', handler: async () => '' })
    })
    await expect(app.ready()).rejects.toBeInstanceOf(HoldfastError)
  })
})

describe('who bears what', () => {
  test('a bad token is not made good by a cookie', async () => {
    const response = await server.as('admin', {
      url: '/api/status',
      headers: { authorization: 'Bearer hft_bad' },
    })
    expect(response.json()).toMatchObject({ code: 'not-signed-in', status: 401 })
    expect(response.headers['www-authenticate']).toContain('Bearer')
  })

  test.each(['Basic YTpi', 'Bearer', 'hft_all', `Bearer ${'x'.repeat(300)}`])(
    '%s is no token',
    async (authorization) => {
      const response = await server.as(null, { url: '/api/status', headers: { authorization } })
      expect(response.statusCode).toBe(401)
    },
  )

  test('before there is a user, only set-up, probes and pages answer', async () => {
    const fresh = await testServer()
    fresh.access.needsSetup = true
    for (const url of ['/api/status', '/api/openapi.json', '/metrics', '/docs/json']) {
      expect((await fresh.as('admin', { url })).json(), url).toMatchObject({
        code: 'setup-needed',
        status: 403,
      })
    }
    const login = {
      method: 'POST',
      url: '/api/auth/login',
      payload: { name: 'a', password: 'right' },
    } as const
    expect((await fresh.as('admin', login)).json()).toMatchObject({ code: 'setup-needed' })
    for (const url of ['/api/setup', '/healthz', '/readyz', '/docs/']) {
      expect((await fresh.as(null, { url })).statusCode, url).toBe(200)
    }
    const payload = { token: 'setup', name: 'anna', password: 'a long one 123' }
    const made = await fresh.as(null, {
      method: 'POST',
      url: '/api/setup',
      payload,
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    expect(made.statusCode).toBe(201)
    expect((await fresh.as('admin', { url: '/api/status' })).statusCode).toBe(200)
    await fresh.app.close()
  })
})
