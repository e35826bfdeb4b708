import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import {
  HoldfastError,
  type NotificationSpec,
  notificationSpec,
  type SecretReference,
} from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { resolveSecret } from '../kit/secrets.ts'
import { deliver } from './deliver.ts'
import { type ReceiverRules, receiverRules } from './receiver-address.ts'
import { sampleEvent } from './sample-run.testkit.ts'

const CANARY = 'canary-t0ken'
const SECRET_URL = 'http://ops:canary-t0ken%20x@127.0.0.1:PORT/canary-t0ken/hook?key=canary-t0ken'

interface Received {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** A real HTTP server on loopback that keeps what it is sent and answers as `answer` does. */
async function startReceiver(answer: RequestListener) {
  const received: Received[] = []
  const arrived = Promise.withResolvers<void>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method, url, headers } = request
    received.push({ method, url, headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) })
    arrived.resolve()
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    received,
    arrived: arrived.promise,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const answering =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end('x'.repeat(100_000))
const hanging: RequestListener = () => undefined

function hook(rest: object): NotificationSpec {
  return notificationSpec.parse({ name: 'chat', kind: 'webhook', ...rest })
}

/** A webhook whose address and header are secrets. */
const secretHook = (rest: object = {}) =>
  hook({
    url: { env: 'HOLDFAST_SECRET_URL' },
    headers: { 'X-Token': { env: 'HOLDFAST_SECRET_TOKEN' } },
    ...rest,
  })

function send(
  spec: NotificationSpec,
  port: number,
  options: { signal?: AbortSignal; timeLimitMs?: number; receivers?: ReceiverRules } = {},
) {
  const env = {
    HOLDFAST_SECRET_URL: SECRET_URL.replace('PORT', String(port)),
    HOLDFAST_SECRET_TOKEN: CANARY,
    HOLDFAST_SECRET_TWO_LINES: `${CANARY}\nsecond line`,
    HOLDFAST_SECRET_BAD_LOGIN: `http://ops:${CANARY}%zz@127.0.0.1:${port}/`,
    HOLDFAST_SECRET_NO_URL: `${CANARY} is no address`,
  }
  const signal = options.signal ?? new AbortController().signal
  const deps = {
    resolveSecret: (reference: SecretReference, destination: string | null) =>
      resolveSecret(reference, destination, { env, files: NO_FILES, stored }),
    receivers: LOOPBACK,
    timeLimitMs: 20_000,
    ...options,
    signal,
  }
  return deliver(spec, sampleEvent('warning'), deps)
}

const stored = async () => 'nothing is stored'
const NO_FILES = { directory: '/nonexistent', credentials: undefined, withheld: [] }
/** The receivers of these tests are on this machine, which is closed by itself. */
const LOOPBACK = receiverRules(['127.0.0.0/8'])

/** The error of a delivery, after a look for the secret in every corner of it. */
async function failureOf(delivery: Promise<void>): Promise<HoldfastError> {
  const error = await delivery.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof HoldfastError)) throw new Error(`expected a HoldfastError, got ${inspect(error)}`)
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain(CANARY)
  return error
}

describe('an event that is taken', () => {
  it('arrives as JSON with its headers', async () => {
    await using receiver = await startReceiver(answering(204))
    await send(secretHook({ language: 'it' }), receiver.port)
    expect(receiver.received).toHaveLength(1)
    const [{ method, url, headers, body } = {} as Received] = receiver.received
    expect({ method, url }).toEqual({ method: 'POST', url: '/canary-t0ken/hook?key=canary-t0ken' })
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^holdfast\/\d+\.\d+\.\d+$/),
      'x-token': CANARY,
      authorization: `Basic ${Buffer.from('ops:canary-t0ken x').toString('base64')}`,
    })
    expect(body).toEqual({
      event: 'warning',
      run: {
        id: 'run_0123456789ab',
        jobName: 'documents',
        jobKind: 'disk-copy',
        operation: 'job',
        trigger: 'schedule',
        status: 'finished',
        outcome: 'warning',
        startedAt: '2026-08-20T00:30:02Z',
        finishedAt: '2026-08-20T02:35:40Z',
        durationMs: 7_538_000,
        summary: 'copied 3.5 GiB; the restore point holds 1204 files',
        bytesMoved: 3_758_096_384,
        warnings: ['3 files were deleted from the source while it was read.', '/srv/docs/x: no permission'],
        error: null,
        restorePointIds: ['rp_0123456789ab'],
        disk: null,
      },
      url: null,
      text: expect.stringMatching(/^documents: completato con 2 avvisi\n\n2 avvisi:\n- 3 file /),
    })
  })

  it('gives the error of a failed run, and nothing of a report it has not', async () => {
    await using receiver = await startReceiver(answering(200))
    const deps = {
      resolveSecret: async () => CANARY,
      receivers: LOOPBACK,
      signal: new AbortController().signal,
    }
    await deliver(hook({ url: `http://127.0.0.1:${receiver.port}/` }), sampleEvent('failed'), deps)
    expect(receiver.received[0]?.body).toMatchObject({
      event: 'failed',
      run: {
        summary: null,
        bytesMoved: null,
        warnings: [],
        restorePointIds: [],
        error: {
          code: 'vault-full',
          message: expect.any(String),
          hint: expect.stringContaining('Free space'),
        },
      },
    })
  })

  it('leaves an authorization header as it was given', async () => {
    await using receiver = await startReceiver(answering(200))
    await send(secretHook({ headers: { Authorization: { env: 'HOLDFAST_SECRET_TOKEN' } } }), receiver.port)
    expect(receiver.received[0]?.headers.authorization).toBe(CANARY)
  })
})

describe('an event that is not taken', () => {
  it.each([
    [500, 'notification-unreachable', 'unreachable'],
    [503, 'notification-unreachable', 'unreachable'],
    [429, 'notification-unreachable', 'unreachable'],
    [408, 'notification-unreachable', 'unreachable'],
    [404, 'notification-refused', 'access'],
    [401, 'notification-refused', 'access'],
  ] as const)('with status %i is %s', async (status, code, kind) => {
    await using receiver = await startReceiver(answering(status))
    const error = await failureOf(send(secretHook(), receiver.port))
    expect(error).toMatchObject({ code, kind, details: { httpStatus: status } })
    expect(error.message).toBe(`http://127.0.0.1:${receiver.port} answered ${status}`)
    expect(receiver.received).toHaveLength(1)
  })

  it.each([301, 302, 303, 307, 308])('with redirect %i is refused and not followed', async (status) => {
    await using other = await startReceiver(answering(200))
    const location = `http://127.0.0.1:${other.port}/${CANARY}`
    await using receiver = await startReceiver(answering(status, { location }))
    const error = await failureOf(send(secretHook(), receiver.port))
    expect(error).toMatchObject({ code: 'notification-refused', details: { httpStatus: status } })
    expect(other.received).toEqual([])
  })

  it('because nobody listens', async () => {
    const receiver = await startReceiver(answering(200))
    await receiver[Symbol.asyncDispose]()
    const error = await failureOf(send(secretHook(), receiver.port))
    expect(error).toMatchObject({ code: 'notification-unreachable', details: { reason: 'ECONNREFUSED' } })
  })

  it('because the connection is cut', async () => {
    await using receiver = await startReceiver((request) => request.socket.destroy())
    expect((await failureOf(send(secretHook(), receiver.port))).code).toBe('notification-unreachable')
  })

  it('because the receiver hangs', async () => {
    await using receiver = await startReceiver(hanging)
    const error = await failureOf(send(secretHook(), receiver.port, { timeLimitMs: 300 }))
    expect(error).toMatchObject({ code: 'notification-unreachable', details: { reason: 'timeout' } })
  })

  it('because the worker stops', async () => {
    await using receiver = await startReceiver(hanging)
    const stop = new AbortController()
    const delivery = failureOf(send(secretHook(), receiver.port, { signal: stop.signal }))
    await receiver.arrived
    stop.abort(new HoldfastError('worker-stopping', 'the worker stops'))
    expect((await delivery).code).toBe('worker-stopping')
  })
})

describe('a receiver on this machine', () => {
  const closed = receiverRules([])

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', 'localhost'])(
    'is not reached as %s, and hears nothing',
    async (host) => {
      await using receiver = await startReceiver(answering(200))
      const spec = hook({ url: `http://${host}:${receiver.port}/`, headers: { 'X-Token': CANARY } })
      const error = await failureOf(send(spec, receiver.port, { receivers: closed }))
      expect(error).toMatchObject({
        code: 'notification-refused',
        hint: expect.stringContaining('HOLDFAST_WEBHOOK_ALLOW'),
      })
      expect(receiver.received).toEqual([])
    },
  )

  it.each([['127.0.0.1'], ['127.0.0.0/8'], ['localhost']])(
    'is reached by its name where %s is allowed',
    async (allowed) => {
      await using receiver = await startReceiver(answering(200))
      const spec = hook({ url: `http://localhost:${receiver.port}/` })
      await send(spec, receiver.port, { receivers: receiverRules([allowed]) })
      expect(receiver.received).toHaveLength(1)
    },
  )

  it('is told to which place each secret goes, and the address itself to none', async () => {
    await using receiver = await startReceiver(answering(200))
    const asked: unknown[] = []
    const origin = `http://127.0.0.1:${receiver.port}`
    const resolving = async (reference: SecretReference, destination: string | null) => {
      asked.push([Object.values(reference)[0], destination])
      return 'secret' in reference && reference.secret === 'address' ? `${origin}/x` : 'value'
    }
    const spec = hook({ url: { secret: 'address' }, headers: { A: { secret: 'token' } } })
    const signal = new AbortController().signal
    await deliver(spec, sampleEvent('warning'), { resolveSecret: resolving, receivers: LOOPBACK, signal })
    expect(asked).toEqual([
      ['address', null],
      ['token', origin],
    ])
  })
})

describe('a mistake in the configuration', () => {
  it.each([
    [
      'a header of two lines',
      { headers: { 'X-Token': { env: 'HOLDFAST_SECRET_TWO_LINES' } } },
      'config-invalid',
    ],
    ['a header about the connection', { headers: { 'Transfer-Encoding': 'gzip' } }, 'config-invalid'],
    ['an address that is none', { url: { env: 'HOLDFAST_SECRET_NO_URL' } }, 'config-invalid'],
    ['a login that cannot be read', { url: { env: 'HOLDFAST_SECRET_BAD_LOGIN' } }, 'config-invalid'],
    ['a secret that is not there', { url: { env: 'HOLDFAST_SECRET_ABSENT' } }, 'secret-unavailable'],
  ])('%s', async (_name, rest, code) => {
    await using receiver = await startReceiver(answering(200))
    expect((await failureOf(send(secretHook(rest), receiver.port))).code).toBe(code)
    expect(receiver.received).toEqual([])
  })
})
