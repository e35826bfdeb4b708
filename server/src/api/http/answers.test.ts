import { HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CALLERS } from '../testkit/fake-access.ts'
import { FakeIdempotency, type TestServer, testServer } from '../testkit/test-server.ts'
import { statusOf } from './problem.ts'

let server: TestServer
beforeEach(async () => {
  server = await testServer()
})
afterEach(() => server.app.close())

const node = { name: 'alpha', kind: 'host' }
const json = { 'content-type': 'application/json' }

describe('a problem', () => {
  test('says that we refuse, not that a system behind us does, when rules of ours are in the way', () => {
    for (const code of ['not-allowed', 'restore-target-refused'] as const) expect(statusOf(code)).toBe(403)
  })

  test('has its shape, its status and its type', async () => {
    const response = await server.as('admin', { url: '/api/runs/nothing' })
    expect(response.statusCode).toBe(404)
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(response.json()).toEqual({
      type: 'urn:holdfast:error:name-unknown',
      title: expect.any(String),
      status: 404,
      detail: 'there is nothing of that name',
      code: 'name-unknown',
      kind: 'config',
      hint: expect.any(String),
    })
  })

  test.each([
    ['vault-full', 507],
    ['lock-held', 409],
    ['database-unreachable', 502],
    ['sign-in-locked', 429],
    ['restore-point-damaged', 500],
  ] as const)('%s answers %i', async (code, status) => {
    server.control.failures.set(
      'status',
      new HoldfastError(code, 'facts', { details: { retryAfterSeconds: 9.2 } }),
    )
    const response = await server.as('admin', { url: '/api/status' })
    expect(response.json()).toMatchObject({ code, status, detail: 'facts' })
    expect(response.headers['retry-after']).toBe('10')
  })

  test.each([
    new HoldfastError('invariant-broken', 'at secret-place', {
      hint: 'secret-hint',
      details: { a: 'secret-detail' },
    }),
    new TypeError('secret of undefined'),
    'secret thrown',
  ])('of our own making tells nothing but where to look: %s', async (failure) => {
    server.control.failures.set('status', failure)
    const response = await server.as('admin', { url: '/api/status' })
    expect(response.statusCode).toBe(500)
    expect(response.body).not.toMatch(/secret|\bat \//)
    const { reference } = response.json().details
    expect(server.lines.find((line) => line.includes(reference))).toContain('secret')
  })

  test('names every mistake with its place', async () => {
    const payload = { name: 'alpha', kind: 'host', maxParallelRuns: 0, restoreRoots: 'here', extra: 1 }
    const response = await server.as('admin', { method: 'POST', url: '/api/nodes', payload })
    expect(response.json()).toMatchObject({ code: 'config-invalid', status: 422 })
    const paths = response.json().problems.map(({ path }: { path: string[] }) => path.join('.'))
    expect(paths.toSorted()).toEqual(['extra', 'maxParallelRuns', 'restoreRoots'])
  })

  test('of a query is one of its parameters', async () => {
    const response = await server.as('admin', { url: '/api/runs?limit=many&status=asleep&frm=1' })
    expect(response.json().problems.map(({ path }: { path: string[] }) => path[0])).toEqual(
      expect.arrayContaining(['limit', 'frm']),
    )
    expect((await server.as('admin', { url: '/api/status?x=1' })).json()).toMatchObject({ status: 422 })
  })

  test('hands on the mistakes that the control plane found', async () => {
    const problems = [
      { kind: 'jobs', index: 0, path: ['jobs', 0, 'vault'], message: 'no such vault', hint: null },
    ]
    server.control.failures.set(
      'applyConfig',
      new HoldfastError('config-invalid', 'x', { details: { problems } }),
    )
    const response = await server.as('admin', {
      method: 'POST',
      url: '/api/config/apply',
      payload: { document: {} },
    })
    expect(response.json().problems).toEqual([{ path: ['jobs', 0, 'vault'], message: 'no such vault' }])
  })

  test.each([
    ['{', json, 400, 'request-invalid'],
    ['{"__proto__": {}}', json, 400, 'request-invalid'],
    ['['.repeat(5000) + ']'.repeat(5000), json, 400, 'request-invalid'],
    ['a=1', { 'content-type': 'text/plain' }, 415, 'request-invalid'],
    [JSON.stringify('x'.repeat(1024 ** 2)), json, 413, 'request-too-large'],
    ['', json, 422, 'config-invalid'],
  ])('tells a body that cannot be read (%#)', async (payload, headers, status, code) => {
    const response = await server.as('admin', { method: 'POST', url: '/api/nodes', payload, headers })
    expect(response.json()).toMatchObject({ status, code })
  })

  test('of an address or a method nobody serves', async () => {
    expect((await server.as('admin', { url: '/api/nothing' })).json()).toMatchObject({
      code: 'route-unknown',
      status: 404,
    })
    const response = await server.as('admin', { method: 'PATCH', url: '/api/nodes/alpha' })
    expect(response.json()).toMatchObject({ code: 'route-unknown', status: 405 })
    expect(response.headers.allow).toBe('GET, PUT, DELETE')
  })

  test('stops who asks too often, and says for how long', async () => {
    const slow = await testServer({ limits: { caller: 2, anonymous: 1, signIn: 1 } })
    const ask = () => slow.as('viewer', { url: '/api/status' })
    expect([(await ask()).statusCode, (await ask()).statusCode]).toEqual([200, 200])
    const stopped = await ask()
    expect(stopped.json()).toMatchObject({ code: 'rate-limited', status: 429 })
    expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0)
    expect((await slow.as('operator', { url: '/api/status' })).statusCode).toBe(200)
    const guess = () => slow.as(null, { url: '/api/status', headers: { authorization: 'Bearer hft_guess' } })
    expect([(await guess()).statusCode, (await guess()).statusCode]).toEqual([401, 429])
    expect((await slow.as('operator', { url: '/api/status' })).statusCode).toBe(200)
    await slow.app.close()
  })
})

describe('an answer', () => {
  test('holds only what its schema names', async () => {
    const response = await server.as('admin', { url: '/api/users/viewer' })
    expect(response.statusCode).toBe(200)
    expect(response.body).not.toContain('passwordHash')
  })

  test('that does not fit its schema is a bug, and no part of it goes out', async () => {
    server.control.answers.set('listLocks', [{ name: 'secret-name' }])
    const response = await server.as('admin', { url: '/api/locks' })
    expect(response.json()).toMatchObject({ code: 'invariant-broken', status: 500 })
    expect(response.body).not.toContain('secret-name')
    expect(server.lines.some((line) => line.includes('the answer of listLocks does not fit'))).toBe(true)
  })

  test('names the next page in a link as well', async () => {
    server.control.answers.set('listRuns', { items: [], next: 'c2&x' })
    const response = await server.as('admin', { url: '/api/runs?outcome=failed&outcome=lost&limit=2' })
    expect(response.headers.link).toBe(
      '</api/runs?outcome=failed&outcome=lost&limit=2&after=c2%26x>; rel="next"',
    )
    expect(server.control.calls.at(-1)?.args[0]).toMatchObject({ outcome: ['failed', 'lost'], limit: 2 })
  })

  test('to who did it is written down: people by hand, tokens by script', async () => {
    await server.as('admin', { method: 'POST', url: '/api/jobs/documents/run' })
    expect(server.control.calls.at(-1)?.args[1]).toEqual({ by: 'user:admin', trigger: 'manual' })
    await server.as('hft_all', { method: 'POST', url: '/api/jobs/documents/run' })
    expect(server.control.calls.at(-1)?.args[1]).toEqual({ by: 'token:ci of admin', trigger: 'api' })
  })

  test('leaves a line in the log without what may be secret', async () => {
    await server.as('admin', { method: 'PUT', url: '/api/secrets/smtp', payload: { value: 'open-sesame' } })
    await server.as('admin', { url: '/api/runs?job=private-name' })
    const text = server.lines.join('')
    expect(text).toContain('/api/secrets/:name')
    expect(text).not.toMatch(/open-sesame|private-name|holdfast=admin/)
  })

  test('with a whole log comes as text, one line for each', async () => {
    server.control.log = Array.from({ length: 4500 }, (_, position) => ({
      position,
      at: '2026-08-20T12:00:00.000Z',
      level: 'info' as const,
      message: position === 0 ? 'first\n\u001b[31mred' : `line ${position}`,
      fields: position === 1 ? { files: 3 } : {},
    }))
    const response = await server.as('viewer', { url: '/api/runs/run_000000000001/log.txt' })
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(response.headers['content-disposition']).toBe('attachment; filename="run_000000000001.log"')
    const lines = response.body.trimEnd().split('\n')
    expect(lines).toHaveLength(4500)
    expect(lines[0]).toBe('2026-08-20T12:00:00.000Z info    first\\u000a\\u001b[31mred')
    expect(lines[1]).toContain('{"files":3}')
  })

  test('about a job of another kind is that there is none', async () => {
    expect((await server.as('admin', { url: '/api/disk-copies/documents' })).json()).toMatchObject({
      spec: { config: {} },
    })
    const job = { id: 'job_1', kind: 'jobs', spec: { name: 'documents', kind: 'other' } }
    server.control.answers.set('getObject', job)
    for (const method of ['GET', 'DELETE'] as const) {
      const response = await server.as('admin', {
        method,
        url: '/api/disk-copies/documents',
        headers: { 'if-match': '*' },
      })
      expect(response.json()).toMatchObject({ code: 'name-unknown', status: 404 })
    }
  })
})

describe('an edit', () => {
  const put = (headers: Record<string, string>) =>
    server.as('admin', { method: 'PUT', url: '/api/nodes/alpha', payload: node, headers })

  test('is meant for the state that was read', async () => {
    const read = await server.as('admin', { url: '/api/nodes/alpha' })
    expect(read.headers.etag).toBe('"7"')
    expect((await put({ 'if-match': '"7"' })).headers.etag).toBe('"7"')
    expect((await put({ 'if-match': '*' })).statusCode).toBe(200)
    expect((await put({})).json()).toMatchObject({ code: 'edit-unconditional', status: 428 })
  })

  test.each(['"6"', 'W/"7"', '7', '"99999999999999999999"', '"-1"', 'x', '"7", "8"'])(
    '%s is another state',
    async (etag) => {
      const response = await put({ 'if-match': etag })
      expect(response.json()).toMatchObject({ code: 'edit-conflict', status: 412, details: { revision: 7 } })
    },
  )

  test('that nobody made is not sent again', async () => {
    const ask = (etag: string) =>
      server.as('admin', { url: '/api/nodes/alpha', headers: { 'if-none-match': etag } })
    const known = await ask('"6", W/"7"')
    expect([known.statusCode, known.body, known.headers.etag]).toEqual([304, '', '"7"'])
    expect((await ask('"6"')).statusCode).toBe(200)
  })

  test('that makes something tells where it is', async () => {
    const response = await server.as('admin', { method: 'POST', url: '/api/nodes', payload: node })
    expect([response.statusCode, response.headers.location, response.headers.etag]).toEqual([
      201,
      '/api/nodes/nod_0000000000aa',
      '"7"',
    ])
  })
})

describe('a request with an idempotency key', () => {
  const start = (key: string, url = '/api/jobs/documents/run') =>
    server.as('hft_all', { method: 'POST', url, headers: { 'idempotency-key': key } })
  const starts = () => server.control.calls.filter(({ method }) => method === 'startJob').length

  test('is done once and answered alike', async () => {
    const first = await start('a')
    const second = await start('a')
    expect([second.statusCode, second.body]).toEqual([first.statusCode, first.body])
    expect([first, second].map(({ headers }) => headers['idempotency-replayed'])).toEqual([undefined, 'true'])
    expect(starts()).toBe(1)
    await start('b')
    expect(starts()).toBe(2)
  })

  test('sent twenty times at once is done once', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    server.control.wait = promise
    const all = Array.from({ length: 20 }, () => start('a'))
    setTimeout(resolve, 50)
    const statuses = (await Promise.all(all)).map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 202)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(19)
    expect(starts()).toBe(1)
  })

  test('is not answered again to somebody who may see or do less by now', async () => {
    const url = '/api/jobs/documents/run'
    const ask = () => server.as('operator', { method: 'POST', url, headers: { 'idempotency-key': 'a' } })
    expect((await ask()).statusCode).toBe(202)
    const bySession = vi.spyOn(server.access, 'bySession')
    bySession.mockResolvedValue({ ...CALLERS.operator, nodeIds: ['nod_0000000000aa'] })
    expect((await ask()).json()).toMatchObject({ code: 'idempotency-conflict' })
    bySession.mockResolvedValue({ ...CALLERS.operator, permissions: ['operate'] })
    expect((await ask()).json()).toMatchObject({ code: 'idempotency-conflict' })
  })

  test('is refused for something else', async () => {
    await start('a')
    const other = await start('a', '/api/jobs/photos/run')
    expect(other.json()).toMatchObject({ code: 'idempotency-conflict', status: 409 })
  })

  test.each([
    ['name-unknown', 1],
    ['lock-held', 2],
    ['database-unreachable', 2],
    ['invariant-broken', 2],
  ] as const)('after %s is tried %i times', async (code, times) => {
    server.control.failures.set('startJob', new HoldfastError(code, 'facts'))
    const [first, second] = [await start('a'), await start('a')]
    expect(second.statusCode).toBe(first.statusCode)
    expect(second.headers['content-type']).toContain('application/problem+json')
    expect(starts()).toBe(times)
  })

  test.each(['', 'x'.repeat(201), 'with space', 'ü'])('must be a proper key: %s', async (key) => {
    expect((await start(key)).statusCode).toBe(400)
  })

  test('is asked anew when it changes nothing: nothing is kept of previews', async () => {
    const url = '/api/jobs/documents/plan'
    for (const _ of [1, 2]) expect((await start('a', url)).statusCode).toBe(200)
    const preview = { schedule: { cron: '0 1 * * *' } }
    const asked = await server.as('hft_all', {
      method: 'POST',
      url: '/api/schedule/preview',
      payload: preview,
      headers: { 'idempotency-key': 'b' },
    })
    expect(asked.statusCode).toBe(200)
    expect(server.idempotency.kept.size).toBe(0)
  })

  test('leaves no secret behind: new tokens and passwords are not kept', async () => {
    const headers = { 'idempotency-key': 'a' }
    const token = {
      method: 'POST',
      url: '/api/auth/tokens',
      payload: { name: 'ci', permissions: ['read'] },
      headers,
    } as const
    const user = {
      method: 'POST',
      url: '/api/users',
      payload: { name: 'eve', password: 'a long one 123', role: 'viewer' },
      headers,
    } as const
    expect((await server.as('admin', token)).statusCode).toBe(201)
    expect((await server.as('admin', user)).statusCode).toBe(201)
    expect(server.idempotency.kept.size).toBe(0)
  })

  test('is done all the same when its answer cannot be kept', async () => {
    class Failing extends FakeIdempotency {
      override async answer() {
        throw new Error('disk full')
      }
    }
    const failing = await testServer({ idempotency: new Failing() })
    const headers = { 'idempotency-key': 'a' }
    const response = await failing.as('hft_all', { method: 'POST', url: '/api/jobs/documents/run', headers })
    expect(response.statusCode).toBe(202)
    await failing.app.close()
  })
})
