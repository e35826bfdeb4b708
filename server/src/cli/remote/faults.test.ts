import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { HoldfastError } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FakeControl } from '../testkit/fake-control.ts'
import { sampleControl } from '../testkit/run-command.ts'
import { type CallerOptions, createCaller } from './call.ts'
import { remoteControl } from './remote-control.ts'
import { type ApiServer, type Fault, serveApi } from './testkit/api-server.ts'
import { controlRoutes } from './testkit/control-routes.ts'

const BY = { by: 'x' }

function controlAt(server: Pick<ApiServer, 'url'>, more: Partial<CallerOptions> = {}) {
  return remoteControl({ url: server.url, token: 'secret', backOffMs: 1, ...more })
}

async function failure(work: Promise<unknown>): Promise<HoldfastError> {
  const thrown = await work.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  )
  if (thrown instanceof HoldfastError) return thrown
  throw thrown
}

/** A fault of the first so many requests. */
function firstTimes(times: number, fault: (response: ServerResponse) => void): Fault {
  let count = 0
  return (_, response) => {
    count += 1
    if (count > times) return false
    fault(response)
    return true
  }
}

const reset = (response: ServerResponse) => response.destroy()

describe('a network that fails', () => {
  it('repeats a change with the same key', async () => {
    const control = sampleControl()
    await using server = await serveApi(controlRoutes(control), { fault: firstTimes(2, reset) })
    await controlAt(server).startJob('photos', BY)
    const keys = server.seen.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toBeTypeOf('string')
    expect(control.calls).toEqual(['start job photos'])
  })

  it('gives up after three times', async () => {
    await using server = await serveApi(controlRoutes(sampleControl()), { fault: firstTimes(9, reset) })
    const error = await failure(controlAt(server).startJob('photos', BY))
    expect(error).toMatchObject({ code: 'server-unreachable', message: expect.stringContaining(server.url) })
    expect(server.seen).toHaveLength(3)
  })

  it('repeats no edit that may have arrived', async () => {
    await using server = await serveApi(controlRoutes(sampleControl()), { fault: firstTimes(1, reset) })
    const edit = controlAt(server).deleteObject('jobs', 'photos', { ...BY, revision: 1 })
    expect((await failure(edit)).code).toBe('server-unreachable')
    expect(server.seen).toHaveLength(1)
  })

  it('waits while the first try of a change is still being worked on', async () => {
    let count = 0
    const busy = new HoldfastError('idempotency-conflict', 'still being worked on')
    const control = sampleControl()
    const startJob = control.startJob.bind(control)
    control.startJob = (ref, options) => (count < 7 ? Promise.reject(busy) : startJob(ref, options))
    const fault: Fault = (_, response) => {
      count += 1
      if (count === 1) response.destroy()
      return count === 1
    }
    await using server = await serveApi(controlRoutes(control), { fault })
    expect((await controlAt(server).startJob('photos', BY)).jobName).toBe('photos')
    expect(server.seen).toHaveLength(7)
    expect(new Set(server.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  })

  it('repeats no sign-in and makes no token twice, for which the server keeps no key', async () => {
    await using server = await serveApi({}, { fault: firstTimes(9, reset) })
    const { call } = createCaller({ url: server.url, backOffMs: 1 })
    const body = { name: 'ada', password: 'x' }
    expect((await failure(call('POST /api/auth/login', { body }))).code).toBe('server-unreachable')
    const token = { name: 'x', permissions: ['read' as const] }
    expect((await failure(call('POST /api/auth/tokens', { body: token }))).code).toBe('server-unreachable')
    expect(server.seen).toHaveLength(2)
  })

  it('names the address that nobody answers at', async () => {
    const server = await serveApi({})
    await server[Symbol.asyncDispose]()
    for (const call of [
      controlAt(server).status(),
      controlAt(server).deleteObject('jobs', 'x', { ...BY, revision: 1 }),
    ]) {
      const error = await failure(call)
      expect(error).toMatchObject({ code: 'server-unreachable', hint: expect.stringContaining(server.url) })
      expect(error.message).toContain('ECONNREFUSED')
    }
  })

  it('waits no longer than it must for an answer', async () => {
    await using server = await serveApi({}, { fault: () => true })
    const error = await failure(controlAt(server, { timeoutMs: 30, tries: 2 }).status())
    expect(error).toMatchObject({ code: 'server-unreachable', message: `${server.url}: no answer in time` })
    expect(server.seen).toHaveLength(2)
  })

  it('lets go of a lock that nobody waits for any longer', async () => {
    const control = new FakeControl()
    const gone = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    control.acquireLock = ({ signal }) => {
      signal?.addEventListener('abort', () => gone.resolve())
      asked.resolve()
      return new Promise(() => undefined)
    }
    await using server = await serveApi(controlRoutes(control))
    const stop = new AbortController()
    const request = { name: 'a', holder: 'me', leaseSeconds: 1, waitSeconds: 3600, signal: stop.signal }
    const waiting = controlAt(server).acquireLock(request)
    const ended = expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    await asked.promise
    stop.abort()
    await ended
    await gone.promise
    expect(server.seen).toHaveLength(1)
  })
})

describe('an answer that is not what was asked for', () => {
  const answers: [string, Fault, string][] = [
    ['a page', page(200, 'text/html', '<html>Welcome</html>'), 'it answers 200 with text/html where JSON'],
    ['an error page of a proxy', page(502, 'text/html', '<html>'), 'it answers 502 with text/html'],
    ['no type', page(200, undefined, 'x'), 'it answers 200 with no type'],
    ['broken JSON', page(200, 'application/json', '{"a":'), 'it answers 200 with JSON that is broken'],
    ['other JSON', page(200, 'application/json', '{"hello": 1}'), 'its answer does not fit: at:'],
    [
      'another error',
      page(418, 'application/json', '{"error": 1}'),
      'it answers 418 in a form that is not known',
    ],
    [
      'an unknown code',
      page(
        400,
        'application/problem+json',
        '{"type":"t","title":"t","status":400,"detail":"d","code":"new-one"}',
      ),
      'it answers 400 in a form that is not known',
    ],
  ]
  it.each(answers)('%s', async (_, fault, message) => {
    await using server = await serveApi({}, { fault })
    const error = await failure(controlAt(server).status())
    expect(error.code).toBe('server-answer-invalid')
    expect(error.message).toContain(`${server.url}: ${message}`)
    expect(server.seen).toHaveLength(1)
  })

  it('says where it is sent on to, and does not go there with its token', async () => {
    const fault: Fault = (_, response) => {
      response.writeHead(308, { location: 'https://other.example.org/' }).end()
      return true
    }
    await using server = await serveApi({}, { fault })
    const error = await failure(controlAt(server).status())
    expect(error.message).toBe(`${server.url} sends on to https://other.example.org/`)
  })

  it('says how to sign in when the token is no longer good', async () => {
    await using server = await serveApi(controlRoutes(sampleControl()), { token: 'another' })
    const error = await failure(controlAt(server).status())
    expect(error).toMatchObject({
      code: 'not-signed-in',
      hint: `Sign in again: holdfast login ${server.url}`,
    })
  })

  it('keeps the mistakes of a request that was refused', async () => {
    const problems = [{ path: ['body', 'a', 1], message: 'too long' }]
    const body = {
      type: 't',
      title: 't',
      status: 400,
      detail: 'd',
      code: 'request-invalid',
      kind: 'config',
      hint: 'h',
    }
    const fault = page(400, 'application/problem+json', JSON.stringify({ ...body, problems }))
    await using server = await serveApi({}, { fault })
    expect((await failure(controlAt(server).status())).details).toEqual({ problems })
  })

  it('meets a server without TLS', async () => {
    await using server = await serveApi({})
    const error = await failure(controlAt({ url: server.url.replace('http:', 'https:') }).status())
    expect(error).toMatchObject({ code: 'server-answer-invalid', hint: expect.stringContaining('http://') })
  })
})

function page(status: number, type: string | undefined, text: string): Fault {
  return (_, response) => {
    response.writeHead(status, type === undefined ? {} : { 'content-type': type }).end(text)
    return true
  }
}

describe('a certificate', () => {
  let folder = ''
  let tls = { key: '', cert: '' }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    const names = ['-subj', '/CN=holdfast', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
    await promisify(execFile)('openssl', [...args, ...names, '-keyout', key, '-out', cert])
    tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('that nobody vouches for is refused, before the token is sent', async () => {
    await using server = await serveApi(controlRoutes(sampleControl()), { tls })
    const error = await failure(controlAt(server).status())
    expect(error).toMatchObject({
      code: 'server-certificate-untrusted',
      hint: expect.stringContaining('--ca-file'),
    })
    expect(error.kind).toBe('access')
    expect(error.message).toContain(server.url)
    expect(server.seen).toEqual([])
  })

  it('is trusted by its authority, under its own name only', async () => {
    await using server = await serveApi(controlRoutes(sampleControl()), { tls })
    expect((await controlAt(server, { ca: tls.cert }).status()).jobCount).toBe(2)
    const elsewhere = { url: server.url.replace('127.0.0.1', 'localhost') }
    const error = await failure(controlAt(elsewhere, { ca: tls.cert }).status())
    expect(error).toMatchObject({ code: 'server-certificate-untrusted' })
    expect(server.seen).toHaveLength(1)
  })
})
