import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { zstdDecompressSync } from 'node:zlib'
import type { AuditEntry, JobStatus, Page, RestorePoint, Run, RunSummary, Status } from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Installation, kill, until } from './installation.testkit.ts'
import { commandLines, filesWith, TestServer } from './server.testkit.ts'

const CANARY = 'canary-kept-secret-4be1'
const PASSWORD = 'violet-lantern-under-91-rivers'
const PERMISSIONS = ['read', 'operate', 'lock', 'metrics', 'configure', 'administer']

let place: Installation
let server: TestServer
let hook: http.Server
let token = { id: '', value: '' }
let session: Record<string, string>
const received: http.IncomingHttpHeaders[] = []
/** What every process showed of itself, looked at again and again. */
let seen = ''

beforeAll(async () => {
  place = await Installation.create()
  place.env.HOLDFAST_LOG_LEVEL = 'debug'
  // The receiver is on this machine.
  place.env.HOLDFAST_WEBHOOK_ALLOW = '127.0.0.1'
  server = new TestServer(place)
  hook = http.createServer((request, response) => {
    received.push(request.headers)
    request.resume()
    // What a careless receiver does: it answers with what it was given.
    request.on('end', () => response.writeHead(403).end(JSON.stringify(request.headers)))
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  await mkdir(place.path('source'))
  await writeFile(place.path('source', 'file'), 'text')
  await mkdir(place.path('large'))
  await writeFile(place.path('large', 'big'), Buffer.alloc(9 * 1024 * 1024, 'x'))
  await place.configure(`
vaults: [{ name: v, kind: directory, path: ${place.path('vault')}, minFree: 1MiB }]
notifications:
  - name: hook
    kind: webhook
    on: [success]
    url: http://127.0.0.1:${(hook.address() as AddressInfo).port}/
    headers: { X-Key: { secret: hook-key } }
    jobs: [files]
jobs:
  - { name: files, kind: disk-copy, vault: v, config: { source: ${place.path('source')} } }
  - { name: slow, kind: disk-copy, vault: v, config: { source: ${place.path('large')}, bandwidthLimit: 1MiB } }
`)
  await server.start()
})
afterAll(async () => {
  await place[Symbol.asyncDispose]()
  hook.closeAllConnections()
  await new Promise((resolve) => hook.close(resolve))
})

const asToken = () => ({ headers: { authorization: `Bearer ${token.value}` } })
const get = async <T>(path: string) => (await server.call('GET', path, asToken())).body as T

test('the link that the server prints makes the first user, once, and who is signed in makes a token', async () => {
  expect((await server.call('GET', '/api/setup')).body).toEqual({ needed: true })
  expect(await server.call('GET', '/api/status')).toMatchObject({
    status: 403,
    body: { code: 'setup-needed' },
  })
  const body = { token: server.setupToken, name: 'anna', password: PASSWORD }
  const foreign = { headers: { origin: 'http://evil.example' }, body }
  expect(await server.call('POST', '/api/setup', foreign)).toMatchObject({
    status: 403,
    body: { code: 'cross-site-request' },
  })
  const own = { headers: { origin: server.address }, body }
  const made = await server.call('POST', '/api/setup', own)
  expect(made).toMatchObject({ status: 201, body: { user: { name: 'anna', role: 'admin' } } })
  expect(await server.call('POST', '/api/setup', own)).toMatchObject({ body: { code: 'setup-link-invalid' } })

  session = { origin: server.address, cookie: made.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  const wanted = { headers: session, body: { name: 'ci', permissions: PERMISSIONS } }
  const { status, body: answer } = await server.call('POST', '/api/auth/tokens', wanted)
  expect(status).toBe(201)
  const told = answer as { token: { id: string }; value: string }
  token = { id: told.token.id, value: told.value }
  place.env.HOLDFAST_SERVER = server.address
  place.env.HOLDFAST_TOKEN = token.value
})

test('the command line does its work through the server', async () => {
  const keeping = place.ended(place.spawn(['secret', 'set', 'hook-key'], `${CANARY}\n`))
  let isKept = false
  void keeping.finally(() => {
    isKept = true
  })
  while (!isKept) seen += await commandLines()
  expect(await keeping).toMatchObject({ exitCode: 0 })
  expect(seen).toContain('hook-key')

  await place.json('apply', place.path('config'))
  const [run] = await place.json<Run[]>('run', 'files')
  expect(run).toMatchObject({ outcome: 'success', trigger: 'api', startedBy: expect.stringContaining('ci') })
  const logged = await place.run('logs', '-f', run?.id ?? '')
  expect(logged).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('is what its manifest says') })
  const [point, ...others] = await place.list<RestorePoint>('points', 'list', '--job', 'files')
  expect(others).toEqual([])
  const [restored] = await place.json<Run[]>('restore', point?.id ?? '', '--to', place.path('back'))
  expect(restored).toMatchObject({ outcome: 'success', operation: 'restore' })
  expect(await readFile(place.path('back', 'file'), 'utf8')).toBe('text')
  const { status, jobs } = await place.json<{ status: Status; jobs: Page<JobStatus> }>('status')
  expect(status).toMatchObject({ jobCount: 2, workers: [{ alive: true }], vaults: [{ pointCount: 1 }] })
  expect(jobs.items.map((job) => [job.name, job.pointCount])).toEqual([
    ['files', 1],
    ['slow', 0],
  ])
  const audit = await place.list<AuditEntry>('audit')
  expect(audit.map((entry) => entry.by)).toContainEqual(expect.stringContaining('ci of anna'))
})

test('probes are open to everybody, metrics to who may read them', async () => {
  for (const probe of ['/healthz', '/readyz']) {
    expect(await server.call('GET', probe)).toMatchObject({ status: 200, body: 'ok\n' })
  }
  expect(await server.call('GET', '/metrics')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
  const { status, body } = await server.call('GET', '/metrics', asToken())
  expect(status).toBe(200)
  expect(body).toContain('holdfast_build_info{')
  expect(body).toMatch(/^holdfast_runs_ended_total\{kind="disk-copy",outcome="success"\} \d/m)
})

test('a server killed with -9 while a run is followed leaves a run that the next one replaces', async () => {
  const id = await place.start('slow')
  const following = place.ended(place.spawn(['logs', '-f', id]))
  await until(async () => (await get<Run>(`/api/runs/${id}`)).status === 'running')
  await until(() => place.processes().some((line) => /\brsync\b/.test(line)))
  await kill(server.process)
  await server.start()
  expect(server.setupToken).toBe('')
  await until(async () => (await get<Run>(`/api/runs/${id}`)).outcome === 'lost')
  // Either it met the next server in time and read on to the end of the run, or it says what was in the way.
  expect([0, 4]).toContain((await following).exitCode)
  let replacement: RunSummary | undefined
  await until(async () => {
    const { items } = await get<Page<RunSummary>>('/api/runs?limit=10')
    replacement = items.find((run) => run.recoversRunId === id)
    return replacement?.status === 'finished'
  })
  expect(replacement).toMatchObject({ outcome: 'success', trigger: 'recovery' })
  expect(await get('/api/locks')).toEqual([])
})

test('a secret that Holdfast keeps shows nowhere', async () => {
  await until(() => received.length > 0)
  expect(received[0]).toMatchObject({ 'x-key': CANARY })
  const paths = ['config', 'secrets', 'deliveries', 'audit', 'status', 'doctor', 'notifications', 'runs']
  for (const path of paths)
    expect(await server.call('GET', `/api/${path}`, asToken())).toMatchObject({ status: 200 })
  const again = await server.call('POST', '/api/notifications/hook/test', { ...asToken(), body: {} })
  expect(again.body).toMatchObject({
    subject: 'test',
    state: 'failed',
    problem: expect.stringContaining('403'),
  })
  const tooMuch = { ...asToken(), body: { value: CANARY, other: CANARY } }
  expect((await server.call('PUT', '/api/secrets/hook-key', tooMuch)).status).toBe(422)
  for (const command of [['export'], ['secret', 'list'], ['deliveries'], ['doctor'], ['audit']])
    await place.run(...command, '--json')
  const file = place.path('control.backup')
  expect(await place.run('--local', 'backup-db', file)).toMatchObject({ exitCode: 0 })
  const dump = zstdDecompressSync(await readFile(file)).toString('latin1')
  expect(dump).toContain('hook-key')
  expect((await stat(place.path('data', 'secret.key'))).mode & 0o077).toBe(0)
  expect(filesWith('hook-key', place.path('data'))).not.toEqual([])
  expect(filesWith(CANARY, place.directory)).toEqual([])
  seen += await commandLines()
  const forms = [CANARY, Buffer.from(CANARY).toString('base64'), Buffer.from(CANARY).toString('hex')]
  const places = { transcript: place.transcript, answers: server.answers, dump, processes: seen }
  for (const [where, text] of Object.entries(places))
    for (const form of forms) expect(text.includes(form), `${form} in ${where}`).toBe(false)
  for (const text of [place.transcript, dump, seen]) {
    expect(text.includes(PASSWORD)).toBe(false)
    expect(text.includes(token.value)).toBe(false)
  }
})

test('a token that was revoked opens nothing', async () => {
  const revoked = await server.call('DELETE', `/api/auth/tokens/${token.id}`, { headers: session })
  expect(revoked.status).toBe(204)
  expect(await place.run('status')).toMatchObject({
    exitCode: 12,
    stderr: expect.stringContaining('not-signed-in'),
  })
  expect(await server.call('GET', '/api/status', asToken())).toMatchObject({
    status: 401,
    body: { code: 'not-signed-in' },
  })
  expect(await place.stop(server.process)).toBe(0)
})
