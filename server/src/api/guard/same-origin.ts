import { isIP } from 'node:net'
import { HoldfastError } from '@holdfast/contract'
import type { FastifyRequest } from 'fastify'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export function isUnsafe(method: string): boolean {
  return !SAFE.has(method)
}

/** Where the server is reached. */
export interface OwnPlace {
  /** The only origin that counts; null when nobody told. */
  publicUrl: string | null
  listenHost: string
}

/**
 * Lets a change through only when it provably comes from a page of Holdfast itself. A browser says so by itself in
 * Sec-Fetch-Site; older ones, and programs that sign in with a password, by an Origin of the host they speak to.
 */
export function requireSameOrigin(request: FastifyRequest, own: OwnPlace): void {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  // `none` is an address typed in: never the way a change is made, unless the origin proves it.
  const isNear = site === undefined || site === 'none' || site === 'same-origin'
  if (isNear && own.publicUrl !== null && origin === new URL(own.publicUrl).origin) return
  if (isNear && own.publicUrl === null) {
    requireOwnHost(request.host, own.listenHost)
    if (site === 'same-origin' || isOfHost(origin, request.host)) return
  }
  throw new HoldfastError('cross-site-request', 'the request does not come from a page of this server', {
    details: { origin: origin?.slice(0, 200) ?? null, host: request.host.slice(0, 200) },
  })
}

/** Any name can be made to lead here by whoever owns it, and a page under it then has our origin: only ours count. */
function requireOwnHost(host: string, listenHost: string): void {
  const name =
    /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
  const bare = name.replace(/^\[|\]$/g, '')
  if (isIP(bare) !== 0 || /(^|\.)localhost$/.test(bare) || (bare !== '' && bare === listenHost.toLowerCase()))
    return
  throw new HoldfastError(
    'cross-site-request',
    'this server was not told that it is reached under this host name',
    {
      hint: 'Set HOLDFAST_URL to the address at which people reach the server, or use its IP address.',
      details: { host: host.slice(0, 200) },
    },
  )
}

function isOfHost(origin: string | undefined, host: string): boolean {
  if (origin === undefined || origin === 'null' || !URL.canParse(origin)) return false
  const { host: originHost, protocol } = new URL(origin)
  // URL leaves a default port out; a Host header may name it.
  const bare = host.toLowerCase().replace(protocol === 'https:' ? /:443$/ : /:80$/, '')
  return originHost !== '' && originHost === bare
}
