import helmet from '@fastify/helmet'
import Fastify, { type FastifyRequest } from 'fastify'
import { isHttps } from '../guard/credentials.ts'

const YEAR_SECONDS = 31_536_000

export type HeadersFor = (request: FastifyRequest) => Record<string, string>

/**
 * Headers that make a browser distrust everything but our own pages. Styles may be inline: the components set them so.
 * They are learned once from an app of their own, because Fastify answers an address it cannot read without any hook.
 */
export async function securityHeaders(publicUrl: string | null): Promise<HeadersFor> {
  const app = Fastify()
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
  app.get('/', async () => '')
  const { headers } = await app.inject('/')
  await app.close()
  const all = Object.entries(headers).flatMap(([name, value]) =>
    ABOUT_THE_ANSWER.has(name) ? [] : [[name, String(value)] as const],
  )
  const fixed = Object.fromEntries(all)
  return (request) => ({
    ...fixed,
    ...(isHttps(request, publicUrl) && { 'strict-transport-security': `max-age=${YEAR_SECONDS}` }),
    ...(request.url.startsWith('/api') && { 'cache-control': 'no-store' }),
  })
}

const ABOUT_THE_ANSWER = new Set(['content-type', 'content-length', 'date', 'connection'])
