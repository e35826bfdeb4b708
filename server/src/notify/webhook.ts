import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { HoldfastError, type NotificationSpec, type SecretReference } from '@holdfast/contract'
import { isCertificateError } from '../clients/smtp/certificate.ts'
import { webhookPayload } from './payload.ts'
import { CLOSED_ADDRESS, type ReceiverRules } from './receiver-address.ts'
import type { NotifyEvent } from './run-event.ts'

type WebhookSpec = Extract<NotificationSpec, { kind: 'webhook' }>

export interface WebhookDeps {
  /** With where it is sent; null for the address itself. */
  readonly resolveSecret: (reference: SecretReference, destination: string | null) => Promise<string>
  readonly receivers: ReceiverRules
}

/** Statuses of the 400s that say "later" (RFC 9110, 8470, 6585): timeout, too early, too many requests. */
const LATER_STATUSES: ReadonlySet<number> = new Set([408, 425, 429])

const REDIRECT_HINT = 'Give the final address as url: a redirect would carry the headers to another server.'
const TRUST_HINT =
  'Start Holdfast with NODE_EXTRA_CA_CERTS set to the certificate authority of the server, or correct the url.'

const CLOSED_HINT =
  'Webhooks go to this machine and to link-local addresses only where HOLDFAST_WEBHOOK_ALLOW names the host or network.'

/** What HTTP itself says about the connection and the body. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...['connection', 'content-length', 'expect', 'keep-alive', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade'],
])

/**
 * Posts the event as JSON. Any status of the 200s counts as taken; redirects are not followed.
 * Throws `notification-unreachable` (no connection, 5xx, 408, 425, 429), `notification-refused` (every other status, an
 * address that is closed), `config-invalid` (an address or header that cannot be sent) and what `resolveSecret` throws.
 * Errors name scheme, host and port only and have no cause: path, query and headers hold the secrets of webhooks.
 */
export async function postEvent(
  spec: WebhookSpec,
  event: NotifyEvent,
  deps: WebhookDeps,
  signal: AbortSignal,
): Promise<void> {
  const url = await webhookUrl(spec, deps)
  const { origin } = url
  // Of a name, the addresses are judged as the connection is made to one of them.
  if (deps.receivers.isClosed(url.hostname)) throw closedAddress(origin)
  const headers = await webhookHeaders(spec, url, deps)
  const body = JSON.stringify(webhookPayload(event, spec))
  const status = await post(url, {
    headers,
    body,
    lookup: deps.receivers.lookupFor(url.hostname),
    signal,
  }).catch((error: unknown) => {
    throw connectionFailure(error, origin)
  })
  if (status < 200 || status >= 300) throw statusFailure(status, origin)
}

interface Post {
  headers: Headers
  body: string
  lookup: ReturnType<ReceiverRules['lookupFor']>
  signal: AbortSignal
}

/** The status of the answer. A connection of its own, past every proxy: only so the address that was judged is the one used. */
async function post(url: URL, { headers, body, lookup, signal }: Post): Promise<number> {
  const { protocol, hostname, port, pathname, search } = url
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const request = (protocol === 'https:' ? https : http).request({
    ...{ protocol, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port, path: `${pathname}${search}` },
    ...{ method: 'POST', headers: Object.fromEntries(headers), agent: false, lookup, signal },
  })
  request.on('error', reject)
  request.on('response', (response) => {
    resolve(response.statusCode ?? 0)
    // The answer is not read: it may be long, and may repeat what it was sent.
    response.destroy()
  })
  request.end(body)
  return await promise
}

async function webhookUrl(spec: WebhookSpec, { resolveSecret }: WebhookDeps): Promise<URL> {
  const text = typeof spec.url === 'string' ? spec.url : await resolveSecret(spec.url, null)
  const url = URL.parse(text)
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url
  throw new HoldfastError(
    'config-invalid',
    `the url of notification "${spec.name}" is no http or https address`,
  )
}

async function webhookHeaders(spec: WebhookSpec, url: URL, { resolveSecret }: WebhookDeps): Promise<Headers> {
  const headers = new Headers()
  if (url.username !== '' || url.password !== '') {
    headers.set('authorization', basicLogin(url, spec.name))
  }
  for (const [name, given] of Object.entries(spec.headers)) {
    if (OWN_HEADERS.has(name.toLowerCase())) throw ownHeader(name, spec.name)
    const value = typeof given === 'string' ? given : await resolveSecret(given, url.origin)
    try {
      headers.set(name, value)
    } catch {
      throw new HoldfastError(
        'config-invalid',
        `the header ${name} of notification "${spec.name}" holds a character that cannot be sent`,
        {
          hint: 'A header is one line of ASCII characters: look for a line break or an accent in its value.',
        },
      )
    }
  }
  headers.set('content-type', 'application/json')
  headers.set('user-agent', `holdfast/${VERSION}`)
  return headers
}

function basicLogin({ username, password }: URL, name: string): string {
  try {
    const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    return `Basic ${Buffer.from(login).toString('base64')}`
  } catch {
    throw new HoldfastError(
      'config-invalid',
      `user or password in the url of notification "${name}" is not percent-encoded`,
      { hint: 'In a url, write every % of a user or password as %25.' },
    )
  }
}

function connectionFailure(error: unknown, origin: string): HoldfastError {
  const reason =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
  const details = { reason }
  if (reason === CLOSED_ADDRESS) return closedAddress(origin)
  if (isCertificateError(reason)) {
    const message = `${origin} has a certificate that is not trusted (${reason})`
    return new HoldfastError('notification-refused', message, { hint: TRUST_HINT, details })
  }
  return new HoldfastError('notification-unreachable', `${origin} cannot be reached (${reason})`, { details })
}

function closedAddress(origin: string): HoldfastError {
  const message = `${origin} is this machine or its own link, where webhooks are not posted`
  return new HoldfastError('notification-refused', message, { hint: CLOSED_HINT })
}

function ownHeader(name: string, notification: string): HoldfastError {
  const message = `the header ${name} of notification "${notification}" is one that Holdfast sets itself`
  return new HoldfastError('config-invalid', message, {
    hint: 'Leave out headers about the connection, such as connection, content-length and transfer-encoding.',
  })
}

function statusFailure(status: number, origin: string): HoldfastError {
  const details = { httpStatus: status }
  if (status >= 500 || LATER_STATUSES.has(status)) {
    return new HoldfastError('notification-unreachable', `${origin} answered ${status}`, { details })
  }
  if (status >= 300 && status < 400) {
    const message = `${origin} answered ${status}, a redirect, which is not followed`
    return new HoldfastError('notification-refused', message, { hint: REDIRECT_HINT, details })
  }
  return new HoldfastError('notification-refused', `${origin} answered ${status}`, { details })
}

const VERSION = installedVersion()

function installedVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
