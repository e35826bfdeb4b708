import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import {
  HoldfastError,
  type NotificationSpec,
  notificationSpec,
  type SecretReference,
} from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, selfSigned, smtpRefusal, startSmtp } from '../clients/smtp/smtp.testkit.ts'
import { resolveSecret } from '../kit/secrets.ts'
import { deliver } from './deliver.ts'
import { receiverRules } from './receiver-address.ts'
import { sampleEvent } from './sample-run.testkit.ts'

const CANARY = 'canary-Pa55word'
const env = { HOLDFAST_SECRET_SMTP: CANARY, HOLDFAST_SECRET_WRONG: `${CANARY}-wrong` }

let folder: string
let certificate: Certificate

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-smtp-'))
  certificate = await selfSigned(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function mailSpec(port: number, smtp: object = {}, rest: object = {}): NotificationSpec {
  return notificationSpec.parse({
    name: 'ops',
    kind: 'mail',
    from: 'holdfast@example.org',
    to: ['anna@example.org'],
    smtp: { host: 'localhost', port, caFile: certificate.certFile, ...smtp },
    ...rest,
  })
}

const login = { user: 'ops', password: { env: 'HOLDFAST_SECRET_SMTP' } }
const tlsOf = ({ key, cert }: Certificate) => ({ key, cert })

function send(spec: NotificationSpec, signal = new AbortController().signal, timeLimitMs = 20_000) {
  const deps = {
    resolveSecret: (reference: SecretReference, destination: string | null) =>
      resolveSecret(reference, destination, { env, files: NO_FILES, stored }),
    receivers: receiverRules([]),
    signal,
    timeLimitMs,
  }
  return deliver(spec, sampleEvent('failed'), deps)
}

const stored = async () => 'nothing is stored'
const NO_FILES = { directory: '/nonexistent', credentials: undefined, withheld: [] }

/** The error of a delivery, after a look for the secret in every corner of it, plain and in base 64. */
async function failureOf(delivery: Promise<void>): Promise<HoldfastError> {
  const error = await delivery.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof HoldfastError)) throw new Error(`expected a HoldfastError, got ${inspect(error)}`)
  const everything = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })
  expect(everything).not.toContain(CANARY)
  expect(everything).not.toContain(Buffer.from(CANARY).toString('base64').slice(0, 16))
  expect(everything).not.toContain(Buffer.from(`\0ops\0${CANARY}`).toString('base64').slice(0, 20))
  return error
}

describe('a mail that is taken', () => {
  it('goes over STARTTLS with a login, in the language asked for, with both parts', async () => {
    await using smtp = await startSmtp(CANARY, tlsOf(certificate))
    const to = ['anna@example.org', 'bruno@example.org']
    await send(mailSpec(smtp.port, login, { to, language: 'de' }))
    const [mail, ...others] = smtp.mails
    expect(others).toEqual([])
    expect(mail).toMatchObject({ to, user: 'ops', isSecure: true })
    expect(mail?.source).toContain('Subject: [Holdfast] documents: fehlgeschlagen, vault-full')
    expect(mail?.source).toContain('Auto-Submitted: auto-generated')
    expect(mail?.source).toContain('X-Holdfast-Run: run_0123456789ab')
    expect(mail?.source).toMatch(/text\/plain.+Code: vault-full.+text\/html/s)
    expect(mail?.source).not.toContain(CANARY)
  })

  it('goes over TLS from the start', async () => {
    await using smtp = await startSmtp(CANARY, { ...tlsOf(certificate), secure: true })
    await send(mailSpec(smtp.port, { tls: 'tls', ...login }))
    expect(smtp.mails).toMatchObject([{ isSecure: true, user: 'ops' }])
  })

  it('goes in plain text only when the notification says so', async () => {
    await using smtp = await startSmtp(CANARY, tlsOf(certificate))
    await send(mailSpec(smtp.port, { tls: 'none' }))
    expect(smtp.mails).toMatchObject([{ isSecure: false, user: undefined }])
  })
})

describe('encryption is never given up', () => {
  it('when the server offers no STARTTLS', async () => {
    await using smtp = await startSmtp(CANARY, { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    const error = await failureOf(send(mailSpec(smtp.port, login)))
    expect(error).toMatchObject({ code: 'notification-refused', kind: 'access' })
    expect(error.message).toContain('does not offer STARTTLS')
    expect(smtp).toMatchObject({ mails: [], logins: [] })
  })

  it('when somebody hides STARTTLS from the greeting', async () => {
    await using smtp = await startSmtp(CANARY, { ...tlsOf(certificate), hideSTARTTLS: true })
    await send(mailSpec(smtp.port, login))
    expect(smtp.mails).toMatchObject([{ isSecure: true }])
  })

  it.each(['starttls', 'tls'] as const)('when the certificate is not trusted (%s)', async (tls) => {
    const other = await selfSigned(folder, 'other.example.org')
    await using smtp = await startSmtp(CANARY, { ...tlsOf(certificate), secure: tls === 'tls' })
    for (const caFile of [undefined, other.certFile]) {
      const error = await failureOf(send(mailSpec(smtp.port, { tls, caFile, ...login })))
      expect(error.code).toBe('notification-refused')
      expect(error.hint).toContain('smtp.caFile')
    }
    expect(smtp).toMatchObject({ mails: [], logins: [] })
  })

  it('when the certificate is made for another name', async () => {
    const other = await selfSigned(folder, 'mail.example.org')
    await using smtp = await startSmtp(CANARY, tlsOf(other))
    const error = await failureOf(send(mailSpec(smtp.port, { caFile: other.certFile, ...login })))
    expect(error.code).toBe('notification-refused')
    expect(smtp.logins).toEqual([])
  })

  it('when the port speaks no TLS', async () => {
    await using smtp = await startSmtp(CANARY)
    const error = await failureOf(send(mailSpec(smtp.port, { tls: 'tls', ...login })))
    expect(error).toMatchObject({ code: 'notification-refused', hint: expect.stringContaining('smtp.port') })
  })
})

describe('a mail that is refused', () => {
  it('for a wrong password', async () => {
    await using smtp = await startSmtp(CANARY, tlsOf(certificate))
    const wrong = { user: 'ops', password: { env: 'HOLDFAST_SECRET_WRONG' } }
    const error = await failureOf(send(mailSpec(smtp.port, wrong)))
    expect(error).toMatchObject({ code: 'notification-refused', details: { replyCode: 535 } })
    expect(smtp.mails).toEqual([])
  })

  it('by a server that offers no login, instead of being sent without one', async () => {
    await using smtp = await startSmtp(CANARY, { ...tlsOf(certificate), disabledCommands: ['AUTH'] })
    const error = await failureOf(send(mailSpec(smtp.port, login)))
    expect(error.code).toBe('notification-refused')
    expect(smtp.mails).toEqual([])
  })

  it.each([
    [550, 'notification-refused', 'access'],
    [451, 'notification-unreachable', 'unreachable'],
  ] as const)('for its recipient with %i: %s', async (status, code, kind) => {
    await using smtp = await startSmtp(CANARY, {
      ...tlsOf(certificate),
      onRcptTo: (_address, _session, done) => done(smtpRefusal(status, 'no such user')),
    })
    const error = await failureOf(send(mailSpec(smtp.port, login)))
    expect(error).toMatchObject({ code, kind, details: { replyCode: status } })
    expect(error.message).toContain('no such user')
  })

  it('for one of its recipients, with the name of that one', async () => {
    await using smtp = await startSmtp(CANARY, {
      ...tlsOf(certificate),
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('bruno') ? smtpRefusal(550, 'no such user') : null),
    })
    const to = ['anna@example.org', 'bruno@example.org']
    const error = await failureOf(send(mailSpec(smtp.port, login, { to })))
    expect(error).toMatchObject({ code: 'notification-refused', details: { refused: ['bruno@example.org'] } })
    expect(smtp.mails).toMatchObject([{ to: ['anna@example.org'] }])
  })
})

// Shorter than the patience of the SMTP library itself, so that an end by that one does not count.
describe('a server that does not answer', { timeout: 15_000 }, () => {
  it('because nobody listens', async () => {
    const smtp = await startSmtp(CANARY)
    await smtp[Symbol.asyncDispose]()
    const error = await failureOf(send(mailSpec(smtp.port, login)))
    expect(error).toMatchObject({ code: 'notification-unreachable', details: { reason: 'ECONNREFUSED' } })
  })

  it('because it hangs: after the time limit, with the connection closed', async () => {
    await using silent = await startSilent()
    const error = await failureOf(send(mailSpec(silent.port, login), undefined, 300))
    expect(error).toMatchObject({ code: 'notification-unreachable', details: { reason: 'timeout' } })
    await silent.allClosed()
  })

  it('because it hangs, and the worker stops', async () => {
    await using silent = await startSilent()
    const stop = new AbortController()
    const delivery = failureOf(send(mailSpec(silent.port, login), stop.signal))
    await silent.connected()
    stop.abort(new HoldfastError('worker-stopping', 'the worker stops'))
    expect((await delivery).code).toBe('worker-stopping')
    await silent.allClosed()
  })
})

describe('the CA file', () => {
  it.each([
    ['missing', null, 'config-unreadable'],
    ['not PEM', 'hello', 'config-invalid'],
  ])('that is %s is a mistake in the configuration', async (name, content, code) => {
    const caFile = join(folder, `${name}.pem`)
    if (content !== null) await writeFile(caFile, content)
    expect((await failureOf(send(mailSpec(1, { caFile })))).code).toBe(code)
  })
})

/** A server that takes connections and never says a word. */
async function startSilent() {
  const sockets = new Set<Socket>()
  const connected = Promise.withResolvers<void>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    // A half-open end would keep the socket: read on, so that the close of the client is seen.
    socket.resume()
    socket.on('close', () => sockets.delete(socket))
    connected.resolve()
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    connected: () => connected.promise,
    allClosed: () =>
      Promise.all([...sockets].map((socket) => new Promise((done) => socket.once('close', done)))),
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
