import { type Control, HoldfastError } from '@holdfast/contract'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Caller } from '../../access/access.ts'
import { createLogger } from '../../kit/log.ts'
import { type FollowRoutes, followRoutes } from './follow-routes.ts'
import { fakeRun, RUN_ID } from './live.testkit.ts'

let fake: ReturnType<typeof fakeRun>
let follow: FollowRoutes
let app: FastifyInstance
let base: string

const caller = {
  user: { id: 'usr' },
  via: { kind: 'session', id: 'ses' },
  nodeIds: null,
} as unknown as Caller
/** The caller's own view: it knows no other run. */
const control = {
  async getRun(ref: string) {
    if (ref !== RUN_ID) throw new HoldfastError('name-unknown', `there is no run "${ref}"`)
    return { id: RUN_ID }
  },
} as unknown as Control

beforeEach(async () => {
  fake = fakeRun()
  follow = followRoutes({
    changes: fake.changes,
    reader: fake.reader,
    log: createLogger('silent'),
    isStillAllowed: async () => true,
  })
  app = Fastify()
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-frame-options', 'DENY')
  })
  const { handlers } = follow
  app.get('/api/runs/:ref/events', (request, reply) => {
    const call = { request, reply, caller, control, params: request.params, query: { after: -1 } }
    return handlers['GET /api/runs/{ref}/events'](
      call as Parameters<(typeof handlers)['GET /api/runs/{ref}/events']>[0],
    )
  })
  app.addHook('preClose', () => follow[Symbol.asyncDispose]())
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(() => app.close())

it('goes on after Last-Event-ID, keeps the headers that hooks have set, and ends with the run', async () => {
  fake.write(5)
  fake.finish()
  const response = await fetch(`${base}/api/runs/${RUN_ID}/events`, { headers: { 'last-event-id': '2' } })
  expect(response.headers.get('x-frame-options')).toBe('DENY')
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const text = await response.text()
  expect(text.match(/"position":\d/g)).toEqual(['"position":3', '"position":4'])
  expect(text.endsWith('event: end\nid: 4\ndata: {}\n\n')).toBe(true)
})

it('begins at the beginning when Last-Event-ID is not one of ours', async () => {
  fake.write(2)
  fake.finish()
  const response = await fetch(`${base}/api/runs/${RUN_ID}/events`, {
    headers: { 'last-event-id': '1; drop' },
  })
  expect((await response.text()).match(/"position":\d/g)).toHaveLength(2)
})

it('answers with an error, not with a stream, for a run that the caller cannot see', async () => {
  const response = await fetch(`${base}/api/runs/run_other/events`)
  expect(response.ok).toBe(false)
  expect(response.headers.get('content-type')).not.toContain('event-stream')
  expect(follow.size).toBe(0)
})

it('does not keep the server from closing', async () => {
  const response = await fetch(`${base}/api/runs/${RUN_ID}/events`)
  await vi.waitFor(() => expect(follow.size).toBe(1))
  const before = performance.now()
  await app.close()
  expect(performance.now() - before).toBeLessThan(20_000)
  expect(await response.text()).toContain('retry: 2000')
})
