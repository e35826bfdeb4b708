import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HoldfastError, type Me } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiServerOptions, serveApi } from '../remote/testkit/api-server.ts'
import { controlRoutes, type Routes } from '../remote/testkit/control-routes.ts'
import type { FakeControl } from '../testkit/fake-control.ts'
import { type RunOptions, run, sampleControl } from '../testkit/run-command.ts'

const ME: Me = {
  user: {
    id: 'usr_000000000001',
    name: 'ada',
    role: 'operator',
    nodes: null,
    isDisabled: false,
    language: 'en',
    timeZone: 'UTC',
    createdAt: '2026-08-20T11:00:00.000Z',
    lastSignInAt: null,
    revision: 1,
  },
  permissions: ['read', 'operate', 'lock'],
  session: null,
}
const TOKEN = {
  id: 'tok_000000000001',
  name: 'x',
  user: 'ada',
  permissions: ME.permissions,
  createdAt: '2026-08-20T11:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
}

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-login-'))
  file = join(folder, 'holdfast', 'remote.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const act = (args: string[], options: RunOptions = {}) =>
  run(args, { ...options, env: { XDG_CONFIG_HOME: folder, ...options.env } })

function serve(options: ApiServerOptions & { control?: FakeControl; routes?: Routes } = {}) {
  const routes: Routes = {
    ...controlRoutes(options.control ?? sampleControl()),
    'GET /api/auth/me': async () => ME,
    'POST /api/auth/login': async ({ body }) => {
      if (body.password !== 'correct')
        throw new HoldfastError('sign-in-failed', 'name and password do not fit')
      return ME
    },
    'POST /api/auth/tokens': async () => ({ token: TOKEN, value: 'secret' }),
    'POST /api/auth/logout': async () => undefined,
    ...options.routes,
  }
  return serveApi(routes, { cookie: 'session=abc', ...options })
}

describe('holdfast login', () => {
  it('keeps a token where nobody else can read it, and says what it allows', async () => {
    await using server = await serve()
    const result = await act(['login', `${server.url}/`], { typed: 'secret' })
    expect(result).toMatchObject({ exitCode: 0, stderr: 'API token: \n' })
    expect(result.stdout).toBe(`✔ ada (operator) at ${server.url}\n  may: read, operate, lock\n`)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'holdfast'))).mode & 0o777).toBe(0o700)
    const control = sampleControl()
    expect((await act(['status', '--json'], { control })).json()).toMatchObject({ status: { jobCount: 2 } })
    expect(control.closed).toBe(0)
    expect((await act(['whoami'])).stdout).toBe(result.stdout)
  })

  it('takes a token from standard input', async () => {
    await using server = await serve()
    const result = await act(['login', server.url, '--token-stdin', '--json'], { typed: ' secret\n' })
    expect(result.json()).toEqual({ server: server.url, me: ME, file })
  })

  it('keeps nothing when the token is not good', async () => {
    await using server = await serve({ token: 'another' })
    const result = await act(['login', server.url], { typed: 'secret' })
    expect(result).toMatchObject({ exitCode: 12, stderr: expect.stringContaining('not-signed-in') })
    expect(result.stderr).toContain(`server: ${server.url}`)
    await expect(stat(file)).rejects.toThrow('ENOENT')
    expect((await act(['login', server.url], { typed: 'two words' })).exitCode).toBe(2)
  })

  it('makes a token for this machine from a password, and leaves no session behind', async () => {
    await using server = await serve()
    const result = await act(['login', server.url, '--user', 'ada'], { typed: 'correct' })
    expect(result.exitCode).toBe(0)
    const [signIn, make, signOut, check] = server.seen
    expect(signIn).toMatchObject({ body: { name: 'ada', password: 'correct' } })
    expect(signIn?.headers).toMatchObject({ origin: server.url })
    expect(make?.body).toEqual({
      name: expect.stringMatching(/^cli on .+ \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d$/),
      permissions: ['read', 'operate', 'lock'],
      expiresInDays: 365,
    })
    expect(make?.headers).toMatchObject({ cookie: 'session=abc', origin: server.url })
    expect(signOut).toMatchObject({ path: '/api/auth/logout', headers: { cookie: 'session=abc' } })
    expect(check?.headers).toMatchObject({ authorization: 'Bearer secret' })
    const saved = await readFile(file, 'utf8')
    expect(JSON.parse(saved)).toMatchObject({ token: 'secret', tokenId: TOKEN.id, user: 'ada', caFile: null })
    expect(saved).not.toContain('correct')
  })

  it('signs out when no token can be made, and says why a password is refused', async () => {
    const refuse = () => Promise.reject(new HoldfastError('not-allowed', 'no tokens'))
    await using server = await serve({ routes: { 'POST /api/auth/tokens': refuse } })
    expect((await act(['login', server.url, '--user', 'ada'], { typed: 'correct' })).stderr).toContain(
      'no tokens',
    )
    expect(server.seen.at(-1)?.path).toBe('/api/auth/logout')
    const wrong = await act(['login', server.url, '--user', 'ada'], { typed: 'wrong' })
    expect(wrong.stderr).toContain('sign-in-failed')
    expect(wrong.stderr + wrong.stdout).not.toContain('wrong\n')
  })

  it.each([
    [['login', 'ftp://x']],
    [['login', 'https://ada:pw@example.org']],
    [['login', 'http://localhost:1', '--user', 'a', '--token-stdin']],
  ])('refuses %j', async (args) => {
    const result = await act(args)
    expect(result.exitCode).toBe(2)
    expect(result.stderr).not.toContain('pw@')
  })
})

describe('holdfast logout', () => {
  it('revokes the token it made, and forgets it', async () => {
    await using server = await serve()
    await act(['login', server.url, '--user', 'ada'], { typed: 'correct' })
    expect((await act(['logout', '--json'])).json()).toEqual({ server: server.url, revoked: true })
    // With the token itself, which may revoke nothing else.
    const headers = { authorization: 'Bearer secret' }
    expect(server.seen.at(-1)).toMatchObject({ method: 'POST', path: '/api/auth/logout', headers })
    await expect(stat(file)).rejects.toThrow('ENOENT')
    expect((await act(['logout'])).stdout).toBe('Nobody was signed in.\n')
  })

  it('leaves a token alone that a person brought', async () => {
    await using server = await serve()
    await act(['login', server.url], { typed: 'secret' })
    const before = server.seen.length
    const stdout = `Signed out of ${server.url}, your token stays valid\n`
    expect(await act(['logout'])).toMatchObject({ stdout, stderr: '' })
    expect(server.seen).toHaveLength(before)
  })

  it('says so when the token could not be revoked', async () => {
    const server = await serve()
    const { url } = server
    await act(['login', url, '--user', 'ada'], { typed: 'correct' })
    await server[Symbol.asyncDispose]()
    const result = await act(['logout'])
    expect(result.exitCode).toBe(0)
    expect(result.stdout).toBe(`Signed out of ${url}\n`)
    expect(result.stderr).toMatch(/forgotten here and is still valid on the server: .*Revoke it on the page/s)
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })
})

describe('which control plane a command speaks to', () => {
  const env = (url: string) => ({ HOLDFAST_SERVER: url, HOLDFAST_TOKEN: 'secret' })

  it('is that of this machine when nothing else is said', async () => {
    const control = sampleControl()
    expect((await act(['whoami', '--json'], { control })).json()).toEqual({
      server: null,
      me: null,
      by: 'cli:ada',
    })
    const nameless = await act(['whoami'], { control, env: { USER: undefined } })
    expect(nameless.stdout).toBe('cli:grace, on the database of this machine\n')
    await act(['status'], { control })
    expect(control.closed).toBe(1)
  })

  it('is that of the option before that of the environment, and --local goes before both', async () => {
    await using server = await serve()
    const there = await act(['whoami', '--server', server.url], { env: env('http://127.0.0.1:9') })
    expect(there.stdout).toContain(server.url)
    const here = await act(['--local', 'whoami'], { env: env(server.url) })
    expect(here.stdout).toBe('cli:ada, on the database of this machine\n')
    expect((await act(['status', '--local', '--server', server.url])).exitCode).toBe(2)
  })

  it('reads a token from a file that only its owner can read', async () => {
    await using server = await serve()
    const token = join(folder, 'token')
    await writeFile(token, 'secret\n', { mode: 0o600 })
    const fromFile = { HOLDFAST_SERVER: server.url, HOLDFAST_TOKEN_FILE: token }
    expect((await act(['whoami'], { env: fromFile })).exitCode).toBe(0)
    await writeFile(token, 'two words')
    expect((await act(['whoami'], { env: fromFile })).stderr).toContain('holds no API token')
  })

  it('refuses a saved login that others can read, and one that is damaged', async () => {
    await using server = await serve()
    await act(['login', server.url], { typed: 'secret' })
    await chmod(file, 0o644)
    const open = await act(['status'])
    expect(open).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`chmod 600 ${file}`) })
    await chmod(file, 0o600)
    await writeFile(file, '{"url": 1}')
    expect((await act(['status'])).stderr).toContain('is not what holdfast login writes')
    expect((await act(['login', server.url], { typed: 'secret' })).exitCode).toBe(0)
    expect((await act(['status'])).exitCode).toBe(0)
  })

  it('says what is missing', async () => {
    const noToken = await act(['status', '--server', 'https://example.org'])
    expect(noToken).toMatchObject({
      exitCode: 12,
      stderr: expect.stringContaining('holdfast login https://example.org'),
    })
    const noServer = await act(['status'], { env: { HOLDFAST_TOKEN: 'canary' } })
    expect(noServer).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('HOLDFAST_SERVER is not set'),
    })
    const wrong = await act(['status'], { env: { HOLDFAST_SERVER: 'nowhere', HOLDFAST_TOKEN: 'canary' } })
    expect(wrong.stderr).toContain('HOLDFAST_SERVER: an address such as')
    expect(noServer.stderr + wrong.stderr).not.toContain('canary')
    const noCa = await act(['status', '--ca-file', join(folder, 'none.pem')], {
      env: env('https://127.0.0.1:9'),
    })
    expect(noCa.stderr).toContain('config-unreadable')
  })

  it('is named when it fails', async () => {
    await using server = await serve()
    const result = await act(['runs', 'show', 'run_none', '--json'], { env: env(server.url) })
    expect(result.json()).toMatchObject({ error: { code: 'name-unknown', details: { server: server.url } } })
  })

  it('warns of a network that can read the token, not of this machine', async () => {
    await using server = await serve()
    expect((await act(['status'], { env: env(server.url) })).stderr).toBe('')
    const result = await act(['login', 'http://192.0.2.1:1'], { typed: 'not one' })
    expect(result.stderr.match(/Warning: http:\/\/192\.0\.2\.1:1 is not encrypted/g)).toHaveLength(1)
  })
})

describe('commands on a server', () => {
  const env = (url: string) => ({ HOLDFAST_SERVER: url, HOLDFAST_TOKEN: 'secret' })

  it('start a run there and follow it, with no worker of this process', async () => {
    const control = sampleControl()
    await using server = await serve({ control })
    const here = sampleControl()
    const result = await act(['run', 'nightly files'], { env: env(server.url), control: here })
    expect(result.stdout).toContain('✔ success  nightly files')
    expect(control.calls).toEqual(['start job nightly files'])
    expect(here.calls).toEqual([])
  })

  it.each([
    [['worker']],
    [['serve']],
    [['backup-db', 'x']],
    [['restore-db', 'x']],
    [['upgrade-db']],
    [['run', '--config', 'examples/first-job']],
  ])('refuse %j, unless the server is only the saved one', async (args) => {
    const result = await act(args, { env: env('http://127.0.0.1:9') })
    expect(result).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('only on the machine of the control plane'),
    })
    const server = await serve()
    await act(['login', server.url], { typed: 'secret' })
    await server[Symbol.asyncDispose]()
    const local = { worker: done, serve: done, backupDb: told, restoreDb: told, upgradeDb: told }
    expect((await act(args, { local })).exitCode).toBe(0)
  })

  it('take paths as they are there', async () => {
    const control = sampleControl()
    await using server = await serve({ control })
    const restore = (to: string) => act(['restore', 'nightly files', '--to', to], { env: env(server.url) })
    expect(await restore('sub/dir')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('absolute path'),
    })
    expect((await restore('/srv/back')).exitCode).toBe(0)
    expect(control.requests).toEqual([{ restorePointId: 'rp_000000000002', target: '/srv/back' }])
  })

  it('complete names of the server, and give up soon', async () => {
    await using server = await serve()
    const complete = (url: string) => act(['__complete', '--', 'run', 'pho'], { env: env(url) })
    expect((await complete(server.url)).stdout).toBe('photos\tdisk-copy\n')
    expect(await complete('http://127.0.0.1:9')).toMatchObject({ stdout: '', stderr: '', exitCode: 0 })
  })
})

async function done(): Promise<void> {}
async function told() {
  return {}
}
