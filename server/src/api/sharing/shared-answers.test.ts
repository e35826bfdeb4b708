import { setTimeout as sleep } from 'node:timers/promises'
import type { Control } from '@holdfast/contract'
import { afterEach, expect, test } from 'vitest'
import { FakeControl } from '../testkit/fake-control.ts'
import { type TestServer, testServer } from '../testkit/test-server.ts'

let server: TestServer
afterEach(() => server.app.close())

/** A server whose list of runs says, as the cursor of the next page, for whom it was read and what was there. */
async function listing(world: { value: string; reads: number; pause?: Promise<void> }): Promise<void> {
  const fake = new FakeControl().asControl()
  const controlFor = (nodeIds: readonly string[] | null): Control => ({
    ...fake,
    listRuns: async () => {
      world.reads++
      const next = `${nodeIds?.join() ?? 'everything'} ${world.value}`
      await world.pause
      return { items: [], next }
    },
  })
  server = await testServer({ controlFor })
}

const next = (response: { json(): { next: string } }) => response.json().next

test('fifty callers share one answer, and nobody gets that of another scope', async () => {
  const world = { value: 'now', reads: 0 }
  await listing(world)
  const callers = ['admin', 'hft_all', 'viewer', 'limited', 'operator'] as const
  const asked = Array.from({ length: 50 }, async (_, index) => {
    const caller = callers[index % callers.length] ?? 'admin'
    return [caller, next(await server.as(caller, { url: '/api/runs?outcome=failed' }))]
  })
  for (const [caller, answer] of await Promise.all(asked))
    expect(answer).toBe(caller === 'limited' ? 'nod_0000000000aa now' : 'everything now')
  // Fewer than one for each caller, more than one for the two scopes only where a turn of the event loop lies between.
  expect(world.reads).toBeGreaterThanOrEqual(2)
  expect(world.reads).toBeLessThan(20)
})

test('another query is another answer', async () => {
  const world = { value: 'now', reads: 0 }
  await listing(world)
  const urls = ['/api/runs?outcome=failed', '/api/runs?outcome=lost', '/api/runs?outcome=failed&limit=2']
  await Promise.all(urls.map((url) => server.as('admin', { url })))
  expect(world.reads).toBe(3)
})

test('who asks after a write is told of it, even while an older reading goes on', async () => {
  let goOn = () => {}
  const pause = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const world = { value: 'before', reads: 0, pause }
  await listing(world)
  const early = server.as('admin', { url: '/api/runs' })
  while (world.reads === 0) await sleep(1)
  world.value = 'after'
  const late = server.as('admin', { url: '/api/runs' })
  await sleep(20)
  expect(world.reads).toBe(1)
  goOn()
  expect([next(await early), next(await late)]).toEqual(['everything before', 'everything after'])
})

test('who may not ask shares nothing', async () => {
  const world = { value: 'now', reads: 0 }
  await listing(world)
  const [allowed, refused] = await Promise.all([
    server.as('admin', { url: '/api/runs' }),
    server.as('hft_lock', { url: '/api/runs' }),
  ])
  expect([allowed.statusCode, refused.statusCode]).toEqual([200, 403])
})

test('no answer that is shared is made from anything of one caller', async () => {
  server = await testServer()
  const shared = server.app.routeTable.filter(
    ({ method, url, config }) =>
      method === 'GET' && config?.rule?.limited === 'filtered' && !url.endsWith('/events'),
  )
  expect(shared.length).toBeGreaterThan(10)
  for (const { url } of shared) {
    const answer = await server.as('admin', { url: url.replace(/:\w+/g, 'documents') })
    expect(answer.statusCode, `${url}: ${answer.body}`).toBeLessThan(500)
  }
})
