import { afterAll, beforeAll, expect, test } from 'vitest'
import { fc } from '../../../tools/lab/properties.testkit.ts'
import type { OpenApiDocument } from './openapi/document.ts'
import type { CallerName } from './testkit/fake-access.ts'
import { requests } from './testkit/request-generator.ts'
import { credentials, HOST, type TestServer, testServer } from './testkit/test-server.ts'

const REQUESTS = 10_000
const LONGEST_MS = 5000

let server: TestServer
let document: OpenApiDocument
beforeAll(async () => {
  server = await testServer()
  document = (await server.as('admin', { url: '/api/openapi.json' })).json()
})
afterAll(() => server.app.close())

test('no request brings the server down, to an error of its own, or to a halt', {
  timeout: 300_000,
}, async () => {
  const callers: (CallerName | null)[] = [
    'admin',
    'admin',
    'admin',
    'hft_all',
    'hft_all',
    'limited',
    'viewer',
    null,
  ]
  const who = callers.map((caller) => ({ host: HOST, ...(caller !== null && credentials(caller)) }))
  const statuses = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(requests(document, who), async ({ method, url, headers, payload }) => {
      const started = performance.now()
      const response = await server.app.inject({
        method: method as 'GET',
        url,
        headers,
        ...(payload !== undefined && { payload }),
      })
      const { statusCode } = response
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
      expect(performance.now() - started).toBeLessThan(LONGEST_MS)
      expect(statusCode, response.body).toBeLessThan(500)
      expect(response.body).not.toMatch(/node_modules|\.ts:\d+/)
      if (statusCode >= 400 && method !== 'HEAD') {
        expect(response.headers['content-type']).toContain('application/problem+json')
        expect(response.json()).toMatchObject({
          status: statusCode,
          code: expect.any(String),
          hint: expect.any(String),
        })
      }
    }),
    { numRuns: REQUESTS },
  )
  // A generator that only ever makes requests nobody takes would prove nothing.
  const taken = [200, 201, 202, 204].reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0)
  expect(taken).toBeGreaterThan(REQUESTS / 10)
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 202, 400, 401, 403, 404, 405, 415, 422]))
})
