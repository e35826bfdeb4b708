import { mkdir, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { ConfigChange, Page, Run } from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenApiDocument } from '../../server/src/api/openapi/document.ts'
import { type AnswerCheck, answerCheck } from '../../server/src/api/testkit/answer-check.ts'
import { confined } from '../../server/src/api/testkit/confined.ts'
import { type GeneratedRequest, requests } from '../../server/src/api/testkit/request-generator.ts'
import { fc, SEED } from '../lab/properties.testkit.ts'
import { Installation, until } from './installation.testkit.ts'
import { TestServer } from './server.testkit.ts'

const ROUNDS = 10
const REQUESTS_PER_ROUND = 1000
const CONCURRENT = 16
const LONGEST_MS = 30_000
const PASSWORD = 'violet-lantern-under-91-rivers'

let place: Installation
let server: TestServer
let document: OpenApiDocument
let check: AnswerCheck
let sandbox: string
const agent = new http.Agent({ keepAlive: true })
const keeper: Record<string, string> = {}
/** What each caller bears at the moment, by name. */
const bearing = new Map<string, Promise<Record<string, string>>>()
const statuses = new Map<number, number>()
let addresses = 0

beforeAll(async () => {
  place = await Installation.create()
  // Each request comes from another address, as from many clients: the limits of one are another test.
  place.env.HOLDFAST_TRUSTED_PROXIES = '127.0.0.1'
  place.env.HOLDFAST_BACKUP_CRON = 'off'
  place.env.HOLDFAST_LOG_LEVEL = 'info'
  sandbox = place.path('sandbox')
  await mkdir(`${sandbox}/source/folder`, { recursive: true })
  await writeFile(`${sandbox}/source/folder/file`, 'text')
  server = new TestServer(place)
  await server.start()
  const first = { token: server.setupToken, name: 'keeper', password: PASSWORD }
  keeper.cookie = (await ask('POST', '/api/setup', first)).cookie ?? ''
  document = (await ask('GET', '/api/openapi.json')).told as OpenApiDocument
  check = answerCheck(document)
  await seed()
  for (const [name, role, nodes] of [
    ['adam', 'admin', null],
    ['olga', 'operator', null],
    ['vera', 'viewer', null],
    ['lino', 'operator', ['a']],
    ['victim', 'viewer', null],
  ])
    await ask('POST', '/api/users', { name, role, nodes, password: PASSWORD })
})
afterAll(async () => {
  agent.destroy()
  await place[Symbol.asyncDispose]()
})

test(`no request brings a real server down, to an error of its own, or to a halt (seed ${SEED})`, {
  timeout: 600_000,
}, async () => {
  const callers = ['adam', 'adam', 'adam', 'olga', 'olga', 'vera', 'lino', 'nobody']
  for (let round = 0; round < ROUNDS; round++) {
    await seed()
    const who = callers.map((caller) => ({ 'x-caller': caller }))
    const generated = fc.sample(requests(document, who, await knownTexts()), {
      seed: SEED + round,
      numRuns: REQUESTS_PER_ROUND,
    })
    const failures: string[] = []
    const lane = async () => {
      for (let one = generated.pop(); one; one = generated.pop()) {
        const failure = await failureOf(one)
        if (failure !== null) failures.push(`${failure}\n  ${JSON.stringify(one).slice(0, 1500)}`)
      }
    }
    await Promise.all(Array.from({ length: CONCURRENT }, lane))
    expect(failures.slice(0, 5), `HOLDFAST_TEST_SEED=${SEED}, round ${round}`).toEqual([])
  }
  const taken = [200, 201, 202, 204].reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0)
  expect(taken).toBeGreaterThan((ROUNDS * REQUESTS_PER_ROUND) / 8)
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 202, 204, 400, 401, 403, 404, 405]))
  expect((await server.call('GET', '/readyz')).status).toBe(200)
  const alarms = place.transcript.split('\n').filter(isAlarm)
  expect(alarms.slice(0, 5), `HOLDFAST_TEST_SEED=${SEED}`).toEqual([])
  expect(await place.stop(server.process)).toBe(0)
})

/** What is wrong with the answer to a request; null for nothing. */
async function failureOf(request: GeneratedRequest): Promise<string | null> {
  const { 'x-caller': caller = 'nobody', ...headers } = request.headers
  const signedIn = bearing.get(caller) ?? signIn(caller)
  bearing.set(caller, signedIn)
  const payload = request.payload === undefined ? undefined : confined(request.payload, sandbox)
  const { method, url } = request
  const startedAt = performance.now()
  let answer: Received
  try {
    answer = await send({ method, url, headers: { ...(await signedIn), ...headers }, payload })
  } catch (error) {
    return `no answer after ${Math.round(performance.now() - startedAt)} ms: ${String(error)}`
  }
  const { status, body } = answer
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
  // Signed out, or with a new cookie: whoever asks next signs in again.
  const isOwn = !('cookie' in headers || 'authorization' in headers)
  if ((status === 401 || answer.cookie !== undefined) && isOwn && bearing.get(caller) === signedIn)
    bearing.delete(caller)
  if (status >= 500) return `${status}: ${body.slice(0, 600)}\n  ${logged(body)}`
  if (/node_modules|\.ts:\d+/.test(body) && url.startsWith('/api')) return `tells of its code: ${body}`
  const misfit = check(method, url, answer)
  return misfit === null ? null : `${status} ${misfit}`
}

/** A line about an exception that nobody foresaw. What could not be done bears the code of its error. */
function isAlarm(line: string): boolean {
  if (/^\s+at |unhandled|uncaught|"level":"fatal"|"reference":/i.test(line)) return true
  return line.includes('"level":"error"') && !/"code":"(?!invariant-broken)[a-z-]+"/.test(line)
}

/** What the log of the server has about a bug that an answer only refers to; the answer to a HEAD not even that. */
function logged(body: string): string {
  const reference = /"reference":"(\w+)"/.exec(body)?.[1] ?? '"reference"'
  return place.transcript.split('\n').findLast((line) => line.includes(reference)) ?? ''
}

interface Received {
  status: number
  contentType: string
  body: string
  cookie: string | undefined
}

function send(wanted: GeneratedRequest): Promise<Received> {
  const { method, url, headers, payload } = wanted
  return new Promise((resolve, reject) => {
    const body = payload === undefined ? undefined : Buffer.from(payload)
    const all = {
      'x-forwarded-for': nextAddress(),
      ...(body && { 'content-length': String(body.length) }),
      ...headers,
    }
    // As bytes of UTF-8, which Node sends only when told that they are characters.
    const raw = Object.entries(all).map(([name, value]) => [name, Buffer.from(value).toString('latin1')])
    const { hostname, port } = new URL(server.address)
    const options = { hostname, port, method, path: url, headers: Object.fromEntries(raw), agent }
    const request = http.request(options, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (data) => (text += data))
      answer.on('error', reject).on('end', () => {
        const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0]
        const contentType = answer.headers['content-type'] ?? ''
        resolve({ status: answer.statusCode ?? 0, contentType, body: text, cookie })
      })
    })
    const timer = setTimeout(() => request.destroy(new Error('it took too long')), LONGEST_MS)
    request
      .on('close', () => clearTimeout(timer))
      .on('error', (error: NodeJS.ErrnoException) => {
        // The server had just closed a connection that nobody used for a while: nothing was answered or lost.
        if (request.reusedSocket && error.code === 'ECONNRESET') resolve(send(wanted))
        else reject(error)
      })
    request.end(body)
  })
}

function nextAddress(): string {
  addresses++
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`
}

/** Signs a caller in; `olga` comes with a token. */
async function signIn(caller: string): Promise<Record<string, string>> {
  if (caller === 'nobody') return {}
  const { cookie = '' } = await ask('POST', '/api/auth/login', { name: caller, password: PASSWORD })
  const session = { cookie, origin: server.address }
  if (caller !== 'olga') return session
  const wanted = { name: 'fuzz', permissions: ['read', 'operate', 'lock'] }
  const { value } = (await ask('POST', '/api/auth/tokens', wanted, session)).told as { value: string }
  return { authorization: `Bearer ${value}` }
}

/** A request of the keeper, which must be taken. */
async function ask(method: string, url: string, body?: unknown, as: Record<string, string> = keeper) {
  const headers = { origin: server.address, 'content-type': 'application/json', ...as }
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const answer = await send({ method, url, headers, payload })
  if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
  return { ...answer, told: JSON.parse(answer.body) as unknown }
}

/** Puts what requests are about in force, again when some of them took it away, and has a point of it. */
async function seed(): Promise<ConfigChange[]> {
  const config = { source: `${sandbox}/source` }
  const job = { kind: 'disk-copy', vault: 'v', policy: 'p', config }
  const document = {
    nodes: ['a', 'b'].map((name) => ({ name, kind: 'host', restoreRoots: [`${sandbox}/restored`] })),
    vaults: [{ name: 'v', kind: 'directory', path: `${sandbox}/vault`, minFree: '1MiB' }],
    policies: [{ name: 'p' }],
    notifications: [{ name: 'hook', kind: 'webhook', on: ['failed'], url: 'http://127.0.0.1:9/' }],
    jobs: [
      { ...job, name: 'documents', node: 'a' },
      { ...job, name: 'pictures', node: 'b' },
    ],
  }
  const changes = (await ask('POST', '/api/config/apply', { document })).told as ConfigChange[]
  const run = (await ask('POST', '/api/jobs/documents/run')).told as Run
  await until(async () => ((await ask('GET', `/api/runs/${run.id}`)).told as Run).status === 'finished')
  return changes
}

/** Names and ids of what is there, and places in every list. */
async function knownTexts(): Promise<Record<string, string[]>> {
  const page = async (path: string) =>
    (await ask('GET', `/api/${path}?limit=2`)).told as Page<{ id: string; spec?: { name: string } }>
  const known: Record<string, string[]> = {}
  const after: string[] = []
  for (const path of [
    'nodes',
    'vaults',
    'policies',
    'notifications',
    'runs',
    'restore-points',
    'jobs',
    'audit',
  ]) {
    const { items, next } = await page(path)
    known[path] = items.map(({ id }) => id)
    if (next !== null) after.push(next, `${next.slice(0, -3)}AAA`)
  }
  const jobs = [...(known.jobs ?? []), 'documents', 'pictures']
  const points = [...(known['restore-points'] ?? []), 'documents@latest']
  return {
    ...known,
    ...{ jobs, 'copy-jobs': jobs, job: jobs, 'restore-points': points, points, after },
    ...{ users: ['victim'], nodes: ['a', 'b'], node: ['a', 'b'], vault: ['v'], policy: ['p'] },
    ...{ notification: ['hook'], kind: ['disk-copy'], runId: known.runs ?? [], objectId: known.nodes ?? [] },
    ...{ name: ['documents', 'first', 'second', 'veeam/nightly'], holder: ['fuzz'], site: ['main'] },
    ...{ cron: ['30 2 * * *'], timeZone: ['UTC', 'Europe/Rome'], password: [PASSWORD] },
    ...{ source: [`${sandbox}/source`, sandbox], path: [`${sandbox}/vault`, `${sandbox}/other`] },
    ...{
      target: [`${sandbox}/restored/one`, `${sandbox}/source`, sandbox],
      paths: ['folder', 'folder/file'],
    },
    restoreRoots: [`${sandbox}/restored`],
  }
}
