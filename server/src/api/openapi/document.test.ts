import { ENDPOINTS, type EndpointKey, methodAndPath } from '@holdfast/contract'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServer, testServer } from '../testkit/test-server.ts'
import type { OpenApiDocument } from './document.ts'

let server: TestServer
let document: OpenApiDocument
beforeAll(async () => {
  server = await testServer()
  document = (await server.as('viewer', { url: '/api/openapi.json' })).json()
})
afterAll(() => server.app.close())

const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods))

test('every endpoint of the contract and every route under /api is described', () => {
  for (const key of Object.keys(ENDPOINTS)) {
    const { method, path } = methodAndPath(key as EndpointKey)
    expect(document.paths[path]?.[method.toLowerCase()], key).toBeDefined()
  }
  const undescribed = server.app.routeTable
    .filter(({ url }) => url.startsWith('/api/') && url !== '/api/openapi.json')
    .filter(({ url, method }) => {
      const path = url.replace(/:(\w+)/g, '{$1}')
      return !document.paths[path]?.[String(method).toLowerCase()]
    })
  expect(undescribed).toEqual([])
  expect(document.paths['/api/disk-copies/{ref}/run']?.post).toMatchObject({
    operationId: 'runDiskCopies',
    'x-permission': 'operate',
  })
})

test('the official schema of OpenAPI 3.1 takes it, and refuses it when it is broken', async () => {
  expect(await new Validator().validate({ ...structuredClone(document) })).toEqual({ valid: true })
  const broken = { ...structuredClone(document), paths: { 'no-slash': {} } }
  expect(await new Validator().validate(broken)).toMatchObject({ valid: false })
})

test('it is OpenAPI 3.1: each reference leads somewhere, each parameter of a path is declared', () => {
  expect(document.openapi).toBe('3.1.0')
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to ?? '')
  expect(references.length).toBeGreaterThan(100)
  for (const reference of new Set(references)) {
    const found = reference
      .replace('#/', '')
      .split('/')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
    expect(found, reference).toBeDefined()
  }
  for (const [path, methods] of Object.entries(document.paths)) {
    const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    for (const operation of Object.values(methods)) {
      const declared = ((operation.parameters ?? []) as { in: string; name: string; required: boolean }[])
        .filter((parameter) => parameter.in === 'path' && parameter.required)
        .map(({ name }) => name)
      expect(declared, path).toEqual(wanted)
    }
  }
  const ids = operations().map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const operation of operations()) {
    expect(Object.keys(operation.responses as object)).toContain('default')
  }
})

test('a schema that is used often stands once, as it is sent and as it is told', () => {
  const { schemas } = document.components
  expect(Object.keys(schemas ?? {})).toEqual(
    expect.arrayContaining(['Run', 'JobSpec', 'JobSpecInput', 'Problem']),
  )
  expect(document.paths['/api/jobs']?.post).toMatchObject({
    requestBody: {
      content: { 'application/json': { schema: { $ref: '#/components/schemas/JobSpecInput' } } },
    },
    security: [{ session: [] }, { token: [] }],
  })
  expect(JSON.stringify(schemas)).not.toContain('#/$defs')
})

test('the page to read it loads nothing from elsewhere and runs no inline script', async () => {
  const page = await server.as(null, { url: '/docs/' })
  expect(page.statusCode).toBe(200)
  expect(page.body).not.toMatch(/https?:\/\/(?!www\.w3\.org)/)
  expect(page.body).not.toMatch(/<script(?![^>]*\ssrc=)/)
  for (const [, source] of page.body.matchAll(/(?:src|href)="\.(\/static\/[^"]+)"/g)) {
    expect((await server.as(null, { url: `/docs${source}` })).statusCode, source).toBe(200)
  }
  expect((await server.as(null, { url: '/docs/static/swagger-initializer.js' })).body).toContain(
    '/api/openapi.json',
  )
})
