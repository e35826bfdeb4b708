import { PERMISSIONS } from '@holdfast/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestServer, testServer } from '../testkit/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await testServer()
})
afterEach(() => server.app.close())

test('a change of one’s own password gives this session a new cookie', async () => {
  const payload = { current: 'right', password: 'a long one 123' }
  const response = await server.as('viewer', { method: 'POST', url: '/api/auth/password', payload })
  expect(response.statusCode).toBe(204)
  expect(String(response.headers['set-cookie'])).toMatch(/^holdfast=admin; .*HttpOnly/)
})

test('who shuts somebody out does it with their own rights', async () => {
  const spies = [
    ['deleteUser', '/api/users/viewer'],
    ['revokeSessionsOf', '/api/users/viewer/sessions'],
    ['revokeAnyToken', '/api/tokens/tok_1'],
  ] as const
  for (const [method, url] of spies) {
    const spy = vi.spyOn(server.access, method)
    await server.as('hft_all', { method: 'DELETE', url })
    expect(spy.mock.calls[0], method).toEqual([expect.any(String), 'token:ci of admin', PERMISSIONS])
  }
})

test('a token may sign out: it ends itself', async () => {
  const response = await server.as('hft_metrics', { method: 'POST', url: '/api/auth/logout' })
  expect(response.statusCode).toBe(204)
  expect(server.access.calls).toEqual(['signOut'])
})

test('who makes or changes a user does it with their own rights', async () => {
  const created = vi.spyOn(server.access, 'createUser')
  const replaced = vi.spyOn(server.access, 'replaceUser')
  const payload = { name: 'eve', password: 'a long one 123', role: 'viewer' }
  await server.as('hft_all', { method: 'POST', url: '/api/users', payload })
  expect(created.mock.calls[0]?.slice(1)).toEqual(['token:ci of admin', PERMISSIONS])
  const same = { nodes: null, isDisabled: false, language: 'en', timeZone: 'UTC' }
  await server.as('admin', {
    method: 'PUT',
    url: '/api/users/viewer',
    payload: { name: 'viewer', role: 'viewer', ...same },
    headers: { 'if-match': '"3"' },
  })
  expect(replaced.mock.calls[0]?.slice(2)).toEqual([{ by: 'user:admin', rights: PERMISSIONS, revision: 3 }])
})
