import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSmtp, type TestSmtp } from '../../server/src/clients/smtp/smtp.testkit.ts'
import { Installation, until } from './installation.testkit.ts'

const SECRETS = {
  byEnv: 'canary-header-by-env-6f1c',
  byFile: 'canary-header-by-file-9d2e',
  address: 'canary-hook-path-77ab',
  smtp: 'canary-smtp-pa55word-"quoted"',
} as const

let place: Installation
let smtp: TestSmtp
let hook: http.Server
const received: http.IncomingHttpHeaders[] = []
const pathsAsked: (string | undefined)[] = []
/** What processes showed of themselves while a notification was on its way. */
let seen = ''
let refuse = false

/** Command lines of all processes, and the environment of those that Holdfast started but are not Holdfast. */
async function processListing(): Promise<string> {
  let listing = ''
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
    const command = await read('cmdline')
    listing += `${command}\n`
    const isHelper = command.includes(place.directory) && !command.includes('main.ts')
    if (isHelper) listing += `${await read('environ')}\n`
  }
  return listing
}

beforeAll(async () => {
  place = await Installation.create()
  smtp = await startSmtp(SECRETS.smtp, { allowInsecureAuth: true, disabledCommands: ['STARTTLS'] })
  hook = http.createServer((request, response) => {
    received.push(request.headers)
    pathsAsked.push(request.url)
    request.resume()
    request.on('end', async () => {
      seen += await processListing()
      // What a careless receiver does: it answers with what it was given.
      response.statusCode = refuse ? 403 : 200
      response.end(`got ${JSON.stringify(request.headers)} for ${request.url}`)
    })
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  const { port } = hook.address() as AddressInfo
  await mkdir(place.path('source'))
  await mkdir(place.path('data', 'secrets'), { recursive: true })
  await writeFile(place.path('source', 'file'), 'text')
  for (const [name, value] of [
    ['header', SECRETS.byFile],
    ['smtp', SECRETS.smtp],
    ['readable', 'canary-readable'],
  ] as const) {
    await writeFile(place.path('data', 'secrets', name), `${value}\n`, {
      mode: name === 'readable' ? 0o644 : 0o600,
    })
  }
  // The receiver is on this machine.
  place.env.HOLDFAST_WEBHOOK_ALLOW = '127.0.0.1'
  place.env.HOLDFAST_SECRET_E2E_HEADER = SECRETS.byEnv
  place.env.HOLDFAST_SECRET_E2E_HOOK = `http://127.0.0.1:${port}/${SECRETS.address}`
  await place.configure(`
vaults: [{ name: v, kind: directory, path: ${place.path('vault')}, minFree: 1MiB }]
notifications:
  - name: hook
    kind: webhook
    on: [success, failed]
    url: { env: HOLDFAST_SECRET_E2E_HOOK }
    headers: { X-By-Env: { env: HOLDFAST_SECRET_E2E_HEADER }, X-By-File: { file: ${place.path('data', 'secrets', 'header')} } }
  - name: mail
    kind: mail
    on: [success, failed]
    from: holdfast@example.org
    to: [anna@example.org]
    smtp: { host: 127.0.0.1, port: ${smtp.port}, tls: none, user: ops, password: { file: ${place.path('data', 'secrets', 'smtp')} } }
  - name: careless
    kind: webhook
    on: [success]
    url: http://127.0.0.1:${port}/
    headers: { X-By-File: { file: ${place.path('data', 'secrets', 'readable')} } }
jobs:
  - { name: files, kind: disk-copy, vault: v, config: { source: ${place.path('source')} } }
  - { name: broken, kind: disk-copy, vault: v, config: { source: ${place.path('gone')} } }
`)
})
afterAll(async () => {
  await place[Symbol.asyncDispose]()
  hook.closeAllConnections()
  await new Promise((resolve) => hook.close(resolve))
  await smtp[Symbol.asyncDispose]()
})

test('no secret shows anywhere, whether a message arrives or is refused', async () => {
  place.env.HOLDFAST_LOG_LEVEL = 'debug'
  await place.startWorker()
  await place.json('apply', place.path('config'))
  await place.json('run', 'files')
  await until(() => received.length > 0 && smtp.mails.length > 0)
  refuse = true
  await writeFile(place.path('data', 'secrets', 'smtp'), `${SECRETS.smtp}-wrong`)
  expect((await place.run('run', 'broken')).exitCode).toBe(75)
  await until(() => received.length > 1 && place.transcript.split('could not be delivered').length > 3)

  expect(received[0]).toMatchObject({ 'x-by-env': SECRETS.byEnv, 'x-by-file': SECRETS.byFile })
  expect(pathsAsked[0]).toBe(`/${SECRETS.address}`)
  expect(smtp.mails[0]).toMatchObject({ user: 'ops' })
  expect(place.transcript).toContain('notification-refused')
  expect(place.transcript).toContain('secret-unavailable')

  for (const run of (await (await place.control()).listRuns({})).items) {
    await place.run('runs', 'show', run.id, '--json')
    await place.run('logs', run.id)
  }
  for (const command of [
    ['status', '--json'],
    ['export'],
    ['export', '--json'],
    ['doctor'],
    ['plan', place.path('config')],
  ]) {
    await place.run(...command)
  }
  const file = place.path('control.backup')
  expect(await place.run('backup-db', file)).toMatchObject({ exitCode: 0 })
  const dump = zstdDecompressSync(await readFile(file)).toString('latin1')
  expect(dump).toContain('HOLDFAST_SECRET_E2E_HEADER')
  expect(place.transcript).toContain('HOLDFAST_SECRET_E2E_HEADER')
  seen += await processListing()
  expect(seen).toContain(place.directory)

  const canaries = [...Object.values(SECRETS), 'canary-readable']
  const forms = canaries.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    Buffer.from(`\0ops\0${secret}`).toString('base64'),
  ])
  for (const form of forms) {
    for (const [where, text] of Object.entries({ transcript: place.transcript, dump, processes: seen })) {
      expect(text.includes(form), `${form} in ${where}`).toBe(false)
    }
  }
})
