import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Access, Caller, Origin, SignedIn } from '../../access/access.ts'

const PLAIN = 'holdfast'
/** The prefix makes browsers refuse the cookie unless it is Secure, for this host only and for all paths. */
const SECURE = '__Host-holdfast'

/** Over https of our own or of a trusted proxy; what an untrusted client claims in X-Forwarded-Proto counts for nothing. */
export function isHttps(request: FastifyRequest): boolean {
  return request.protocol === 'https'
}

export function cookieName(request: FastifyRequest): string {
  return isHttps(request) ? SECURE : PLAIN
}

export function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, userAgent: String(request.headers['user-agent'] ?? '').slice(0, 300) }
}

/**
 * Who makes the request; null for nobody. A token decides alone, so that a bad one is never made good by a cookie that
 * the browser sent along.
 */
export async function authenticate(access: Access, request: FastifyRequest): Promise<Caller | null> {
  const header = request.headers.authorization
  if (header !== undefined) {
    const token = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(header)?.[1]
    return token === undefined ? null : access.byToken(token)
  }
  const cookie = request.cookies[cookieName(request)]
  return cookie === undefined || cookie === '' || cookie.length > 200 ? null : access.bySession(cookie)
}

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  session: Pick<SignedIn, 'cookie' | 'cookieUntil'>,
): void {
  reply.setCookie(cookieName(request), session.cookie, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isHttps(request),
    expires: session.cookieUntil,
  })
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(cookieName(request), {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isHttps(request),
  })
}
