import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listen } from '../../server/src/api/listen.ts'
import { type TestServer, testServer } from '../../server/src/api/testkit/test-server.ts'
import { requires } from '../lab/requires.ts'
import { ROOT } from '../repo/repository.ts'
import { bodyLine, commandWords, curlLine, filled } from './windows-scripts.testkit.ts'

/** Nothing here runs cmd.exe: its command lines are taken out of the scripts and sent by the real curl to the real API. */
describe.skipIf(requires('curl'))('the requests of the scripts for Windows', () => {
  let place: string
  let server: TestServer
  let url: string

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'holdfast-windows-'))
  })
  beforeEach(async () => {
    server = await testServer()
    url = await listen(server.app, { host: '127.0.0.1', port: 0 })
    return () => server.app.close()
  })
  afterAll(() => rm(place, { recursive: true }))

  const values = (more: Record<string, string>) => ({
    HOLDFAST_CURL: 'curl',
    HOLDFAST_CA_OPTION: '',
    HOLDFAST_CURL_OPTIONS: '',
    HOLDFAST_URL: url,
    HOLDFAST_LOCK: 'veeam/nightly',
    HOLDFAST_HOLDER: 'Büro & Lager (100 %) on BACKUP01',
    HOLDFAST_TOKEN_FILE: join(place, 'holdfast-lock.token'),
    HOLDFAST_BODY: join(place, 'body.json'),
    HOLDFAST_ANSWER: join(place, 'answer.json'),
    HOLDFAST_STATUS: join(place, 'status.txt'),
    HOLDFAST_ERRORS: join(place, 'errors.txt'),
    lease: '86400',
    piece: '50',
    waited: '100',
    last: 'false',
    ...more,
  })

  async function send(script: string, action: 'acquire' | 'release', token = 'hft_lock') {
    const all = values({ 1: action })
    // As `echo` of Windows writes it.
    await writeFile(all.HOLDFAST_BODY, `${filled(bodyLine(script), all)}\r\n`)
    await writeFile(all.HOLDFAST_TOKEN_FILE, `Authorization: Bearer ${token}\r\n`)
    const { words, output, errors } = commandWords(filled(curlLine(), all))
    expect([output, errors]).toEqual([all.HOLDFAST_STATUS, all.HOLDFAST_ERRORS])
    const [program = '', ...args] = words
    expect(args.join(' ')).not.toContain(token)
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let status = ''
    child.stdout.on('data', (data) => {
      status += data
    })
    const [exitCode] = await once(child, 'close')
    const [code, seconds] = status.split(/[., ]/)
    const said = await readFile(all.HOLDFAST_ANSWER, 'utf8').catch(() => '')
    await rm(all.HOLDFAST_ANSWER, { force: true })
    return { exitCode, code, seconds, said }
  }

  test('take a lock', async () => {
    expect(await send('holdfast-lock.cmd', 'acquire')).toMatchObject({
      exitCode: 0,
      code: '204',
      seconds: '0',
      said: '',
    })
    const [request] = server.control.calls.find(({ method }) => method === 'acquireLock')?.args ?? []
    expect(request).toMatchObject({
      name: 'veeam/nightly',
      holder: 'Büro & Lager (100 %) on BACKUP01',
      leaseSeconds: 86_400,
      waitSeconds: 50,
      waitedSeconds: 100,
      tellTimeout: false,
      by: expect.stringContaining('operator'),
    })
  })

  test('hear on one line who has it', async () => {
    server.control.failures.set(
      'acquireLock',
      new HoldfastError('lock-held', 'veeam/nightly is held by run_1'),
    )
    const { exitCode, code, said } = await send('holdfast-lock.cmd', 'acquire')
    expect([exitCode, code]).toEqual([0, '409'])
    expect(said).not.toContain('\n')
    // What the script cuts out of it.
    expect(said.split('"detail":"')[1]?.split('"')[0]).toBe('veeam/nightly is held by run_1')
  })

  test('give it back, and hear when it was not held any more', async () => {
    expect(await send('holdfast-unlock.cmd', 'release')).toMatchObject({
      code: '200',
      said: '{"released":true}',
    })
    server.control.answers.set('releaseLock', false)
    expect(await send('holdfast-unlock.cmd', 'release')).toMatchObject({
      code: '200',
      said: '{"released":false}',
    })
  })

  test('are refused with a token that is unknown, or that may not take locks', async () => {
    expect(await send('holdfast-lock.cmd', 'acquire', 'nobody')).toMatchObject({ code: '401' })
    expect(await send('holdfast-lock.cmd', 'acquire', 'hft_read')).toMatchObject({ code: '403' })
  })

  test('say 000 where no server is', async () => {
    await server.app.close()
    expect(await send('holdfast-lock.cmd', 'acquire')).toMatchObject({
      exitCode: 7,
      code: '000',
      seconds: '0',
    })
  })

  test('use options that curl has had since the one of Windows Server 2019 (7.55)', () => {
    const known = execFileSync('curl', ['--help', 'all'], { encoding: 'utf8' })
    const options = commandWords(filled(curlLine(), values({ 1: 'acquire' }))).words.filter((word) =>
      /^--[a-z]/.test(word),
    )
    expect(options.length).toBeGreaterThan(5)
    for (const option of options) expect(known).toContain(`${option} `)
  })

  test('are those of the script for the Veeam appliance in the guide', async () => {
    const guide = await readFile(join(ROOT, 'docs/how-to/veeam-interlock.md'), 'utf8')
    const script = /^```sh\n(#!\/bin\/sh\n# Before the job[^`]*)^```$/m.exec(guide)?.[1] ?? ''
    const here = script
      .replace('https://backup.example.org', url)
      .replace('/var/lib/veeam/scripts/holdfast-lock.token', join(place, 'holdfast-lock.token'))
    const acquire = async (token: string) => {
      await writeFile(join(place, 'holdfast-lock.token'), `Authorization: Bearer ${token}\n`)
      // Its wait is cut to what one request does.
      const child = spawn('sh', ['-c', here.replace('seconds=28800', 'seconds=20')], { stdio: 'ignore' })
      const [exitCode] = await once(child, 'close')
      return exitCode
    }
    expect(await acquire('hft_lock')).toBe(0)
    const [request] = server.control.calls.find(({ method }) => method === 'acquireLock')?.args ?? []
    expect(request).toMatchObject({ name: 'veeam/nightly', leaseSeconds: 86_400, tellTimeout: true })
    server.control.failures.set(
      'acquireLock',
      new HoldfastError('lock-held', 'veeam/nightly is held by run_1'),
    )
    expect(await acquire('hft_lock')).toBe(11)
    expect(await acquire('hft_read')).toBe(1)
  })
})
