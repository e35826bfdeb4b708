import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Access, Caller, Origin, SignedIn } from '../../access/access.ts'
import { apiTokenHash, secretHash } from '../../access/tokens/secret-values.ts'

const PLAIN = 'holdfast'
/** The prefix makes browsers refuse the cookie unless it is Secure, for this host only and for all paths. */
const SECURE = '__Host-holdfast'

/**
 * Over https of our own or of a trusted proxy, or because people reach the server by https only; what an untrusted
 * client claims in X-Forwarded-Proto counts for nothing.
 */
export function isHttps(request: FastifyRequest, publicUrl: string | null): boolean {
  return request.protocol === 'https' || publicUrl?.startsWith('https:') === true
}

/** The cookie or token that a request bears, when it has the form of one. */
export interface Credential {
  kind: 'session' | 'token'
  value: string
}

export function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, userAgent: String(request.headers['user-agent'] ?? '').slice(0, 300) }
}

/** What follows `Bearer` in the request; null without it. */
export function bearerToken(request: FastifyRequest): string | null {
  return /^Bearer +([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null
}

/**
 * What the request bears; null for nothing that could be good. A token decides alone, so that a bad one is never made
 * good by a cookie that the browser sent along.
 */
export function credentialOf(request: FastifyRequest, publicUrl: string | null): Credential | null {
  if (request.headers.authorization !== undefined) {
    const value = bearerToken(request)
    return value === null ? null : { kind: 'token', value }
  }
  const value = request.cookies[isHttps(request, publicUrl) ? SECURE : PLAIN]
  return value === undefined || value === '' || value.length > 200 ? null : { kind: 'session', value }
}

/** Whether it can be one that was given out once: says nothing about whether it was. */
export function isInForm({ kind, value }: Credential): boolean {
  return (kind === 'token' ? apiTokenHash(value) : secretHash(value)) !== null
}

/** Whose it is; null for nobody's. */
export function authenticate(access: Access, { kind, value }: Credential): Promise<Caller | null> {
  return kind === 'token' ? access.byToken(value) : access.bySession(value)
}

export function setSessionCookie(
  reply: FastifyReply,
  isSecure: boolean,
  session: Pick<SignedIn, 'cookie' | 'cookieUntil'>,
): void {
  reply.setCookie(isSecure ? SECURE : PLAIN, session.cookie, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    expires: session.cookieUntil,
  })
}

export function clearSessionCookie(reply: FastifyReply, isSecure: boolean): void {
  reply.clearCookie(isSecure ? SECURE : PLAIN, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
  })
}
