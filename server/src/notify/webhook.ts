import { readFileSync } from 'node:fs'
import { HoldfastError, type NotificationSpec, type SecretReference } from '@holdfast/contract'
import { isCertificateError } from '../clients/smtp/certificate.ts'
import { webhookPayload } from './payload.ts'
import type { NotifyEvent } from './run-event.ts'

type WebhookSpec = Extract<NotificationSpec, { kind: 'webhook' }>
type ResolveSecret = (reference: SecretReference) => Promise<string>

/** Statuses of the 400s that say "later" (RFC 9110, 8470, 6585): timeout, too early, too many requests. */
const LATER_STATUSES: ReadonlySet<number> = new Set([408, 425, 429])

const REDIRECT_HINT = 'Give the final address as url: a redirect would carry the headers to another server.'
const TRUST_HINT =
  'Start Holdfast with NODE_EXTRA_CA_CERTS set to the certificate authority of the server, or correct the url.'

/**
 * Posts the event as JSON. Any status of the 200s counts as taken; redirects are not followed.
 * Throws `notification-unreachable` (no connection, 5xx, 408, 425, 429), `notification-refused` (every other status),
 * `config-invalid` (an address or header that cannot be sent) and what
 * `resolveSecret` throws.
 * Errors name scheme, host and port only and have no cause: path, query and headers hold the secrets of webhooks, and
 * the errors of fetch repeat them.
 */
export async function postEvent(
  spec: WebhookSpec,
  event: NotifyEvent,
  resolveSecret: ResolveSecret,
  signal: AbortSignal,
): Promise<void> {
  const url = await webhookUrl(spec, resolveSecret)
  const headers = await webhookHeaders(spec, url, resolveSecret)
  const { origin } = url
  // fetch takes no address with user and password in it; webhookHeaders has made a header of them.
  url.username = ''
  url.password = ''
  const body = JSON.stringify(webhookPayload(event, spec))
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal }).catch(
    (error: unknown) => {
      throw connectionFailure(error, origin)
    },
  )
  // The answer is not read: it may be long, and may repeat what it was sent.
  await response.body?.cancel().catch(() => undefined)
  if (!response.ok) throw statusFailure(response.status, origin)
}

async function webhookUrl(spec: WebhookSpec, resolveSecret: ResolveSecret): Promise<URL> {
  const text = typeof spec.url === 'string' ? spec.url : await resolveSecret(spec.url)
  const url = URL.parse(text)
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url
  throw new HoldfastError(
    'config-invalid',
    `the url of notification "${spec.name}" is no http or https address`,
  )
}

async function webhookHeaders(spec: WebhookSpec, url: URL, resolveSecret: ResolveSecret): Promise<Headers> {
  const headers = new Headers()
  if (url.username !== '' || url.password !== '') {
    headers.set('authorization', basicLogin(url, spec.name))
  }
  for (const [name, given] of Object.entries(spec.headers)) {
    const value = typeof given === 'string' ? given : await resolveSecret(given)
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
  const cause = error instanceof Error ? error.cause : undefined
  const reason =
    cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown'
  const details = { reason }
  if (isCertificateError(reason)) {
    const message = `${origin} has a certificate that is not trusted (${reason})`
    return new HoldfastError('notification-refused', message, { hint: TRUST_HINT, details })
  }
  if (reason === 'UND_ERR_INVALID_ARG') {
    return new HoldfastError('config-invalid', `a header for ${origin} is one that Holdfast sets itself`, {
      hint: 'Leave out headers about the connection, such as connection, content-length and transfer-encoding.',
      details,
    })
  }
  return new HoldfastError('notification-unreachable', `${origin} cannot be reached (${reason})`, { details })
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
