import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { OPEN_PAGE, type Rule } from '../http/call.ts'
import type { OpenApiDocument } from './document.ts'

/** The description itself is for those who may read. */
const READ: Rule = { id: 'describeApi', permission: 'read', limited: 'same' }

/** The description at /api/openapi.json, and a page at /docs to read it and try it; all of it comes from this server. */
export async function serveDocs(app: FastifyInstance, document: OpenApiDocument): Promise<void> {
  const text = JSON.stringify(document)
  app.get('/api/openapi.json', { config: { rule: READ } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(text),
  )
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      const isDescription = /\/(json|yaml)$/.test(route.url)
      route.config = {
        ...route.config,
        ...(isDescription ? { rule: READ } : { rule: OPEN_PAGE, beforeSetup: true, unlimited: true }),
      }
    })
    await scope.register(swagger, { mode: 'static', specification: { document: document as never } })
    await scope.register(swaggerUi, {
      routePrefix: '/docs',
      uiConfig: {
        url: '/api/openapi.json',
        deepLinking: true,
        docExpansion: 'none',
        validatorUrl: null,
        // Without the bar that bears another product's name and asks for an address.
        layout: 'BaseLayout',
      },
      theme: { title: 'Holdfast API' },
    })
  })
}
