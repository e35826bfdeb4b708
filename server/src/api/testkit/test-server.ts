import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import pino from 'pino'
import { z } from 'zod'
import type { IdempotencyStore } from '../ports.ts'
import { buildServer } from '../server.ts'
import type { ServerDeps } from '../server-deps.ts'
import { type CallerName, FakeAccess } from './fake-access.ts'
import { FakeControl, RUN } from './fake-control.ts'

export const HOST = 'backup.example.org'
/** Opens the start address `copy`. */
export const HOOK_TOKEN = 'token-of-the-copy'

/** Keys in memory, with the rules of the real store. */
export class FakeIdempotency implements IdempotencyStore {
  readonly kept = new Map<
    string,
    { hash: string; answer?: { status: number; headers: Record<string, string>; body: string } }
  >()

  async begin(owner: string, key: string, requestHash: Buffer) {
    const id = `${owner} ${key}`
    const hash = requestHash.toString('hex')
    const found = this.kept.get(id)
    if (!found) {
      this.kept.set(id, { hash })
      return { state: 'begun' as const }
    }
    if (found.hash !== hash) return { state: 'other' as const }
    return found.answer ? { state: 'answered' as const, ...found.answer } : { state: 'busy' as const }
  }
  async answer(
    owner: string,
    key: string,
    requestHash: Buffer,
    answer: { status: number; headers: Record<string, string>; body: string },
  ) {
    const found = this.kept.get(`${owner} ${key}`)
    if (found?.hash === requestHash.toString('hex')) found.answer = answer
  }
  async forget(owner: string, key: string, requestHash: Buffer) {
    const id = `${owner} ${key}`
    if (this.kept.get(id)?.hash === requestHash.toString('hex')) this.kept.delete(id)
  }
}

export interface TestServer {
  app: FastifyInstance
  access: FakeAccess
  control: FakeControl
  idempotency: FakeIdempotency
  /** Log lines as JSON. */
  lines: string[]
  /** The nodes `controlFor` was called with, newest last. */
  views: (readonly string[] | null)[]
  /** Whether it was called for somebody who may configure, newest last. */
  administering: boolean[]
  /** Sends a request as somebody; of a page of the server itself when it is a session. */
  as(caller: CallerName | null, options: InjectOptions & { url: string }): Promise<LightMyRequestResponse>
}

/** The real server on fakes: nothing listens, nothing is stored. */
export async function testServer(more: Partial<ServerDeps> = {}): Promise<TestServer> {
  const access = new FakeAccess()
  const control = new FakeControl()
  const idempotency = new FakeIdempotency()
  const lines: string[] = []
  const views: (readonly string[] | null)[] = []
  const administering: boolean[] = []
  const app = await buildServer({
    controlFor: (nodeIds, administers) => {
      views.push(nodeIds)
      administering.push(administers)
      return control.asControl()
    },
    access,
    idempotency,
    changes: { listen: async () => ({ [Symbol.asyncDispose]: async () => {} }) },
    metrics: { read: () => Promise.reject(new Error('no numbers')) },
    startHooks: {
      jobOf: async (name, token) => (name === 'copy' && token === HOOK_TOKEN ? RUN.jobId : null),
    },
    isReady: async () => true,
    kinds: [
      {
        kind: 'disk-copy',
        collection: 'disk-copies',
        config: z.strictObject({ path: z.string().optional() }),
      },
    ],
    phrases: { en: {}, de: {}, it: {}, fr: {}, es: {} },
    webRoot: null,
    publicUrl: null,
    listenHost: HOST,
    trustProxy: [],
    tls: null,
    limits: { anonymous: 1e6, signIn: 1e6, caller: 1e6 },
    log: pino({ level: 'debug' }, { write: (line: string) => lines.push(line) }),
    now: () => new Date('2026-08-20T12:00:00.000Z'),
    version: '0.0.0-test',
    ...more,
  })
  const as: TestServer['as'] = (caller, { headers, ...options }) =>
    app.inject({
      ...options,
      headers: { host: HOST, ...(caller !== null && credentials(caller)), ...headers },
    })
  return { app, access, control, idempotency, lines, views, administering, as }
}

export function credentials(caller: CallerName): Record<string, string> {
  return caller.startsWith('hft_')
    ? { authorization: `Bearer ${caller}` }
    : { cookie: `holdfast=${caller}`, 'sec-fetch-site': 'same-origin' }
}
