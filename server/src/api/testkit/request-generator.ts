import { fc } from '../../../../tools/lab/properties.testkit.ts'
import type { OpenApiDocument } from '../openapi/document.ts'
import { type Material, orKnown, valuesOf } from './schema-values.ts'

/** One request as a hostile or clumsy client may send it; works for `inject` and for `fetch` alike. */
export interface GeneratedRequest {
  method: string
  /** Path with query, encoded as far as the client cared to. */
  url: string
  headers: Record<string, string>
  /** Undefined without a body. */
  payload: string | undefined
}

const NASTY_TEXTS = [
  '',
  '0',
  '-1',
  'null',
  '\0',
  '../../etc/passwd',
  '%00',
  '%',
  'documents@latest',
  'documents@',
  '@',
  '😀',
  '\ud800',
  "' OR 1=1 --",
  '<script>',
  '__proto__',
  'constructor',
  'x'.repeat(3000),
  '١٢٣',
  '\u202e',
  '1e999',
  '9'.repeat(400),
]
const NASTY_VALUES = [
  ...[null, true, 0, -0, 1e308, -1e308, 2 ** 53, 0.5, [], {}, [[[[]]]], { constructor: {} }],
  ...[nested(60), nested(5000), Array.from({ length: 3000 }, () => 'x')],
]
/** Places in lists that no list has given out. */
const CURSORS = [
  '[]',
  '[null]',
  '["1","2"]',
  '["9999999999999999","run_x"]',
  '["-1","\\u0000"]',
  '{}',
  '[["a"]]',
].map((text) => Buffer.from(text).toString('base64url'))
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']
const HEADERS: Record<string, readonly string[]> = {
  'content-type': [
    'text/plain',
    'application/json; charset=utf-16',
    'application/xml',
    'x',
    'multipart/form-data',
  ],
  'if-match': ['*', '"1"', 'W/"1"', '"', 'x', '"99999999999999999999"', ','],
  'if-none-match': ['*', '"7"', ',,,', 'x'.repeat(2000)],
  'if-unmodified-since': ['Mon, 01 Jan 2001 00:00:00 GMT', 'x'],
  range: ['bytes=0-1', 'bytes=99999999-', 'bytes=1-0,5-', 'x'],
  'idempotency-key': ['a', 'b', ' ', 'x'.repeat(300), 'é'],
  'last-event-id': ['-1', '1e9', 'x', '99999999999999999999'],
  'accept-language': ['it', '*', '😀'.repeat(3)],
  origin: ['null', 'x', 'https://evil.example', 'http://[::1'],
  'x-forwarded-for': ['1.2.3.4', 'x', ',,,', '::1'],
  'x-forwarded-host': ['evil.example', ',', ''],
  cookie: ['holdfast=', 'holdfast=x; holdfast=y', ';;;', '__Host-holdfast=admin', 'x'.repeat(4000)],
  authorization: ['Bearer', 'Bearer x', 'Basic x', 'Bearer hft_ ', `Bearer ${'x'.repeat(5000)}`],
}

function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

/**
 * Requests for every endpoint that a description of the API names, but those that stream: mostly right, then broken in
 * one way or another. `credentials` are headers of somebody who may ask; `known` texts that lead to something: by the
 * name of a property or parameter, for `{ref}` by the name of the collection.
 */
export function requests(
  document: OpenApiDocument,
  credentials: readonly Record<string, string>[],
  known: Material['known'] = {},
): fc.Arbitrary<GeneratedRequest> {
  const material = { components: document.components.schemas ?? {}, known: { after: CURSORS, ...known } }
  const operations = Object.entries(document.paths)
    .filter(([path]) => !path.endsWith('/events'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
  const one = operations.map((each) => requestOf(each, material, credentials))
  return fc.oneof(
    { weight: 9, arbitrary: fc.oneof(...one) },
    { weight: 1, arbitrary: strayRequests(credentials) },
  )
}

interface Parameter {
  name: string
  in: string
  schema: Record<string, unknown>
}

function requestOf(
  { path, method, operation }: { path: string; method: string; operation: Record<string, unknown> },
  material: Material,
  credentials: readonly Record<string, string>[],
): fc.Arbitrary<GeneratedRequest> {
  const knownAs = (place: string, name: string) =>
    material.known[place === 'path' && name === 'ref' ? (path.split('/')[2] ?? '') : name]
  const parameters = (operation.parameters ?? []) as Parameter[]
  const values = (place: string) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter.in === place)
          .map(({ name, schema }) => {
            const right = orKnown(knownAs(place, name), schema, valuesOf(schema, material))
            return [name, broken(right.map(textOf))]
          }),
      ),
      {
        requiredKeys:
          place === 'path' ? parameters.filter((each) => each.in === place).map(({ name }) => name) : [],
      },
    )
  const body = operation.requestBody as
    | { content: { 'application/json': { schema: Record<string, unknown> } } }
    | undefined
  const payload = body
    ? bodies(valuesOf(body.content['application/json'].schema, material))
    : fc.constant(undefined)
  return fc
    .record({
      path: values('path'),
      query: values('query'),
      payload,
      isRaw: fc.boolean(),
      headers: oddHeaders(),
      who: fc.constantFrom(...credentials),
      oddMethod: fc.oneof(
        { weight: 20, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
      ),
    })
    .map(({ path: params, query, payload: sent, isRaw, headers, who, oddMethod }) => ({
      method: oddMethod ?? method.toUpperCase(),
      url: `${fill(path, params, isRaw)}${queryText(query)}`,
      headers: {
        ...who,
        'if-match': '*',
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      payload: sent,
    }))
}

function broken(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof({ weight: 12, arbitrary: texts }, { weight: 1, arbitrary: fc.constantFrom(...NASTY_TEXTS) })
}

/** JSON that fits, JSON with one value replaced, and text that is no JSON. */
function bodies(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const replaced = fc
    .tuple(
      values,
      fc.nat(),
      fc.oneof(fc.constantFrom<unknown>(...NASTY_VALUES), fc.constantFrom<unknown>(...NASTY_TEXTS)),
    )
    .map(([value, at, other]) => {
      if (value === null || typeof value !== 'object') return JSON.stringify(other)
      const keys = Object.keys(value)
      const key = keys[at % Math.max(1, keys.length)] ?? 'extra'
      return JSON.stringify({ ...value, [key]: other })
    })
  const noJson = fc.constantFrom(
    '',
    '{',
    'nul',
    '{"a":1,}',
    '\ufeff{}',
    '"\ud800"',
    '['.repeat(20_000),
    `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
    '1e999',
  )
  return fc.oneof(
    { weight: 5, arbitrary: values.map((value) => JSON.stringify(value)) },
    { weight: 4, arbitrary: replaced },
    { weight: 1, arbitrary: noJson },
  )
}

function oddHeaders(): fc.Arbitrary<Record<string, string>> {
  const odd = Object.entries(HEADERS).map(([name, values]) =>
    fc.constantFrom(...values).map((value) => ({ [name]: value })),
  )
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant({}) },
    ...odd.map((arbitrary) => ({ weight: 1, arbitrary })),
  )
}

function strayRequests(credentials: readonly Record<string, string>[]): fc.Arbitrary<GeneratedRequest> {
  return fc.record({
    method: fc.constantFrom(...METHODS),
    url: fc
      .array(
        fc.oneof(
          fc.constantFrom('api', 'docs', 'runs', '..', '', 'metrics'),
          fc.constantFrom(...NASTY_TEXTS),
        ),
        { maxLength: 5 },
      )
      .map((segments) => `/${segments.map(lenient).join('/')}`),
    headers: fc.constantFrom(...credentials),
    payload: fc.constant(undefined),
  })
}

function fill(path: string, params: Record<string, string>, isRaw: boolean): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    isRaw ? lenient(params[name] ?? '') : encodeURIComponent((params[name] ?? '').toWellFormed()),
  )
}

/** As a careless client writes an address: a stray percent sign stays, what cannot stand in a request line does not. */
function lenient(text: string): string {
  return text.toWellFormed().replace(/[^!$&-;=@-Z_a-z~%]/gu, (character) => encodeURIComponent(character))
}

function queryText(query: Record<string, string | undefined>): string {
  const pairs = Object.entries(query).map(
    ([key, value]) => `${key}=${encodeURIComponent((value ?? '').toWellFormed())}`,
  )
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
