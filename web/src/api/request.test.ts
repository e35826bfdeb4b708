import { expect, it } from 'vitest'
import { buildRequest, queryText } from './request.ts'

it('puts parameters into the path, escaped', () => {
  const { url, init } = buildRequest('GET /api/jobs/{ref}', { params: { ref: 'a/b c' } })
  expect(url).toBe('/api/jobs/a%2Fb%20c')
  expect(init).toEqual({ method: 'GET', headers: { accept: 'application/json' } })
})

it('repeats lists and leaves out what is empty in a query', () => {
  expect(queryText({ outcome: ['failed', 'lost'], job: '', after: null, limit: 50, q: undefined })).toBe(
    '?outcome=failed&outcome=lost&limit=50',
  )
  expect(queryText({})).toBe('')
})

it('gives every POST a fresh idempotency key, and no other request', () => {
  const keys = [1, 2].map(
    () => buildRequest('POST /api/jobs/{ref}/run', { params: { ref: 'a' } }).init.headers,
  )
  expect(keys[0]?.['idempotency-key']).toMatch(/^[0-9a-f]{32}$/)
  expect(keys[0]?.['idempotency-key']).not.toBe(keys[1]?.['idempotency-key'])
  const put = buildRequest('PUT /api/jobs/{ref}', {
    params: { ref: 'a' },
    body: { name: 'a' },
    ifMatch: '"3"',
  })
  expect(put.init.headers).toEqual({
    accept: 'application/json',
    'content-type': 'application/json',
    'if-match': '"3"',
  })
  expect(put.init.body).toBe('{"name":"a"}')
})

it('refuses a path with a parameter left open', () => {
  expect(() => buildRequest('GET /api/jobs/{ref}', {})).toThrow('GET /api/jobs/{ref} needs ref')
})
