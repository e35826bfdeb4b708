import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { OPEN_PAGE } from './call.ts'

/** What the build writes: files beside index.html, and those in assets/. A name in the address of a page may have a dot. */
const FILES = /^(assets\/.+|[^/]+\.[^/]+)$/
/** Addresses that are never a page of the web application. */
const OTHERS = /^(api|docs|metrics|healthz|readyz)(\/|$)/

/**
 * Serves the built web files. Any other address is a page of the application, which finds out by itself what to
 * show. Names of files under assets/ hold a hash of their content.
 */
export async function serveWebFiles(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    serve: false,
    cacheControl: false,
    dotfiles: 'deny',
    // Built with a .br and .gz beside each file.
    preCompressed: true,
    setHeaders: (response, path) => {
      const isHashed = path.startsWith(`${root}/assets/`)
      response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.route<{ Params: { '*': string } }>({
    method: ['GET', 'HEAD'],
    url: '/*',
    config: { rule: OPEN_PAGE, beforeSetup: true, unlimited: true },
    handler: (request, reply) => {
      const path = request.params['*']
      if (OTHERS.test(path) || !isPlain(path)) return reply.callNotFound()
      return reply.sendFile(FILES.test(path) ? path : 'index.html')
    },
  })
}

/** No way out of the folder: no parent, no hidden file, none of the characters that some system reads as a separator. */
function isPlain(path: string): boolean {
  const hasControl = [...path].some((character) => character < ' ' || character === '\u007f')
  return !hasControl && !path.includes('\\') && !path.split('/').some((segment) => segment.startsWith('.'))
}
