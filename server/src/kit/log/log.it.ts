import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openLogger } from '../log.ts'
import { rememberSecret } from '../secrets.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-log-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function linesBelow(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).toSorted((a, b) => numberOf(a) - numberOf(b))
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.join('').split('\n').filter(Boolean)
}
const numberOf = (name: string) => Number(/\.(\d+)\.log$/.exec(name)?.[1])

describe('the log file', () => {
  it('is rotated by size, keeps so many full files, and goes on in the last one after a restart', async () => {
    const folder = join(directory, 'rotated')
    const file = { path: join(folder, 'server.log'), maxBytes: 16 * 1024, keep: 3 }
    for (let start = 0; start < 2; start += 1) {
      const { log, close } = openLogger('info', { file })
      for (let line = 0; line < 800; line += 1) {
        log.info({ start, line }, 'a line that is about a hundred bytes long when it is written as JSON')
        if (line % 40 === 0) await new Promise((resolve) => setTimeout(resolve, 3))
      }
      await close()
    }
    const names = await readdir(folder)
    expect(names.length).toBeGreaterThanOrEqual(3)
    expect(names.length).toBeLessThanOrEqual(4)
    expect(names).not.toContain('server.1.log')
    for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThan(24 * 1024)
    const lines = (await linesBelow(folder)).map(
      (line) => JSON.parse(line) as { start: number; line: number },
    )
    expect(lines.at(-1)).toMatchObject({ start: 1, line: 799, level: 'info' })
    const numbers = lines.filter(({ start }) => start === 1).map(({ line }) => line)
    expect(numbers).toEqual(numbers.map((_, index) => 800 - numbers.length + index))
  })

  it('holds no secret and may be read by its group only', async () => {
    const canary = 'canary"4711-log'
    rememberSecret(canary)
    const folder = join(directory, 'masked')
    const { log, close } = openLogger('info', {
      file: { path: join(folder, 'a.log'), maxBytes: 1e6, keep: 1 },
    })
    log.info({ password: canary, nested: [{ url: `http://x:${canary}@y` }] }, `signed in with ${canary}`)
    log.child({ canary }).warn(new Error(canary))
    await close()
    const [first, second] = await linesBelow(folder)
    expect(first).toContain('signed in with ***')
    expect(`${first}${second}`).not.toMatch(/4711/)
    expect(second).toBeDefined()
    expect((await stat(join(folder, 'a.1.log'))).mode & 0o007).toBe(0)
  })

  it('stops nothing when it cannot be written', async () => {
    const blocked = join(directory, 'no-folder')
    await writeFile(blocked, '')
    const { log, close } = openLogger('silent', {
      file: { path: join(blocked, 'a.log'), maxBytes: 1e6, keep: 1 },
    })
    log.info('goes nowhere')
    await expect(close()).resolves.toBeUndefined()
  })

  it.each(['process.exit(3)', 'throw new Error("end")'])(
    'has the last line of a process that ends by %s',
    async (end) => {
      const folder = join(directory, `exit-${end.length}`)
      const program = `
      import { openLogger } from ${JSON.stringify(join(import.meta.dirname, '../log.ts'))}
      const { log } = openLogger('info', { file: ${JSON.stringify({ path: join(folder, 'a.log'), maxBytes: 1e6, keep: 1 })} })
      log.info('first')
      setTimeout(() => { for (let i = 0; i < 5000; i += 1) log.info({ i }, 'last words'); ${end} }, 300)`
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' })
      await new Promise((resolve) => child.once('close', resolve))
      const lines = await linesBelow(folder)
      expect(lines).toHaveLength(5001)
      expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ i: 4999 })
    },
  )

  it('stops nothing when the disk is full', async () => {
    const folder = join(directory, 'full')
    await mkdir(folder)
    await symlink('/dev/full', join(folder, 'a.1.log'))
    const { log, close } = openLogger('silent', {
      file: { path: join(folder, 'a.log'), maxBytes: 1e6, keep: 1 },
    })
    log.level = 'info'
    for (let line = 0; line < 20; line += 1) {
      log.info({ line }, 'has no room')
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await expect(close()).resolves.toBeUndefined()
    expect((await stat(join(folder, 'a.1.log'))).size).toBe(0)
  })
})

interface Push {
  headers: IncomingMessage['headers']
  url: string
  streams: { stream: Record<string, string>; values: [string, string][] }[]
}

/** As much of Loki as a client sees: takes pushes, or answers with an error. */
async function openLoki(port = 0) {
  const pushes: Push[] = []
  const state = { status: 204, asked: 0 }
  const server = createServer(async (request, response) => {
    state.asked += 1
    const body = JSON.parse(await text(request)) as Pick<Push, 'streams'>
    if (state.status === 204) pushes.push({ headers: request.headers, url: request.url ?? '', ...body })
    response.writeHead(state.status).end()
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  const messages = () =>
    pushes.flatMap(({ streams }) =>
      streams.flatMap(({ values }) => values.map(([, line]) => JSON.parse(line).msg)),
    )
  return {
    state,
    pushes,
    messages,
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

describe('Loki', () => {
  it('gets labels, times and lines without secrets, with the credentials', async () => {
    const canary = 'canary-loki-4712'
    rememberSecret(canary)
    const loki = await openLoki()
    const { log, close } = openLogger('info', { loki: { url: `${loki.url}/sub`, credentials: 'me:word' } })
    log.info({ canary }, 'one')
    log.info('two')
    log.error('three')
    await close()
    await loki.close()
    const [push] = loki.pushes
    expect(push?.url).toBe('/sub/loki/api/v1/push')
    expect(push?.headers.authorization).toBe(`Basic ${Buffer.from('me:word').toString('base64')}`)
    expect(push?.streams.map(({ stream }) => stream)).toEqual([
      { app: 'holdfast', level: 'info', host: expect.stringMatching(/./) },
      { app: 'holdfast', level: 'error', host: expect.stringMatching(/./) },
    ])
    const [first, second] = push?.streams[0]?.values ?? []
    expect(first?.[0]).toMatch(/^\d{19}$/)
    expect(Math.abs(Number(BigInt(first?.[0] ?? 0) / 1_000_000n) - Date.now())).toBeLessThan(60_000)
    expect(BigInt(second?.[0] ?? 0)).toBeGreaterThan(BigInt(first?.[0] ?? 0))
    expect(loki.messages()).toEqual(['one', 'two', 'three'])
    expect(JSON.stringify(loki.pushes)).not.toContain('4712')
  })

  it('gets what was logged while it was down once it is back', async () => {
    const first = await openLoki()
    await first.close()
    const { log, close } = openLogger('info', { loki: { url: first.url, credentials: null } })
    log.info('while down')
    await new Promise((resolve) => setTimeout(resolve, 1200))
    const again = await openLoki(first.port)
    log.info('while up')
    await vi.waitFor(() => expect(again.messages()).toEqual(['while down', 'while up']), { timeout: 10_000 })
    await close()
    await again.close()
  })

  it('is asked again after a 503 and not after a 400', async () => {
    const loki = await openLoki()
    loki.state.status = 400
    const { log, close } = openLogger('info', { loki: { url: loki.url, credentials: null } })
    log.info('refused')
    await vi.waitFor(() => expect(loki.state.asked).toBe(1), { timeout: 5000 })
    loki.state.status = 503
    log.info('taken')
    await vi.waitFor(() => expect(loki.state.asked).toBe(2), { timeout: 5000 })
    loki.state.status = 204
    await vi.waitFor(() => expect(loki.messages()).toEqual(['taken']), { timeout: 10_000 })
    await close()
    await loki.close()
  })

  it('keeps nobody waiting who closes a log whose Loki does not answer', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const { log, close } = openLogger('silent', { loki: { url, credentials: null } })
    log.level = 'info'
    for (let line = 0; line < 100; line += 1) log.info({ line }, 'many')
    const before = performance.now()
    await close()
    expect(performance.now() - before).toBeLessThan(30_000)
    silent.closeAllConnections()
    await new Promise((resolve) => silent.close(resolve))
  })
})
