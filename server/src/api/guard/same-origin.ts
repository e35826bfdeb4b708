import { HoldfastError } from '@holdfast/contract'
import type { FastifyRequest } from 'fastify'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export function isUnsafe(method: string): boolean {
  return !SAFE.has(method)
}

/**
 * Lets a change through only when it provably comes from a page of Holdfast itself. A browser says so by itself in
 * Sec-Fetch-Site; older ones, and programs that sign in with a password, by an Origin of the host they speak to.
 */
export function requireSameOrigin(request: FastifyRequest, publicUrl: string | null): void {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  if (site === 'same-origin') return
  // `none` is an address typed in: never the way a change is made, unless the origin proves it.
  if ((site === undefined || site === 'none') && isOwnOrigin(origin, request.host, publicUrl)) return
  throw new HoldfastError('cross-site-request', 'the request does not come from a page of this server', {
    details: { origin: origin?.slice(0, 200) ?? null, host: request.host.slice(0, 200) },
  })
}

function isOwnOrigin(origin: string | undefined, host: string, publicUrl: string | null): boolean {
  if (origin === undefined || origin === 'null' || !URL.canParse(origin)) return false
  const { host: originHost, protocol } = new URL(origin)
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true
  // URL leaves a default port out; a Host header may name it.
  const bare = host.toLowerCase().replace(protocol === 'https:' ? /:443$/ : /:80$/, '')
  return originHost !== '' && originHost === bare
}
