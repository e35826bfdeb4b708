import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDataset, writeAll } from '../../../../tools/lab/influxdb/dataset/dataset.ts'
import { LoopDisk } from '../../../../tools/lab/loop-disk.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { contentsOf } from './testkit/contents.ts'
import { CopyBench } from './testkit/copy-bench.ts'

const dataset = makeDataset({ scale: 0.005 })
const KILLS = 20

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => 'nothing',
    (error: unknown) => error,
  )
  return thrown instanceof HoldfastError ? thrown.code : String(thrown)
}

describe.skipIf(requires('influxdb'))('faults of a copy', () => {
  let bench: CopyBench
  beforeAll(async () => {
    bench = await CopyBench.start()
    await writeAll(bench.source, 'metrics', dataset)
  })
  afterAll(() => bench[Symbol.asyncDispose]())

  let copies = 0
  const fresh = (config: Record<string, unknown> = {}) => {
    copies += 1
    const as = `copy ${copies}`
    bench.begin({ databases: [{ name: 'metrics', as }], ...config })
    return as
  }
  const expectEqual = async (as: string) =>
    expect(await contentsOf(bench.destination, as)).toEqual(await contentsOf(bench.source, 'metrics'))

  test.each(['source', 'destination'] as const)(
    'the %s dies in the middle: the run says so, and the next one goes on',
    async (end) => {
      const as = fresh({ pauseBetweenWindowsMs: 30 })
      const cx = bench.context()
      const running = codeOf(bench.run(cx))
      while (!cx.progressReports.some(({ doneItems = 0 }) => doneItems > 10)) await sleep(10)
      await bench[end].kill()
      expect(await running).toBe('node-unreachable')
      expect(bench.world.checkpoint).not.toBeNull()
      await bench[end].startAgain()
      const { plan, result } = await bench.run()
      expect(plan.databases).toEqual([expect.objectContaining({ way: 'compare' })])
      // A server that was started anew may have lost its counters, never what it had confirmed.
      expect(result.counts.windows).toBeGreaterThan(10)
      await expectEqual(as)
    },
  )

  test('windows that are confirmed are not read again after a failure', async () => {
    const as = fresh({ pauseBetweenWindowsMs: 30 })
    const cx = bench.context()
    const running = codeOf(bench.run(cx))
    while (!cx.progressReports.some(({ doneItems = 0 }) => doneItems > 10)) await sleep(10)
    cx.cancel()
    expect(await running).toBe('run-canceled')
    const whole = cx.progressReports.at(-1)?.totalItems ?? 0
    const { result } = await bench.run()
    expect(result.counts.windows).toBeLessThan(whole - 8)
    await expectEqual(as)
  })

  test('errors of a proxy in between end the run, and the next one converges', async () => {
    const as = fresh()
    let count = 0
    const proxy = createServer((incoming, answer) => {
      count += 1
      if (count === 25) {
        answer.writeHead(503, { 'content-type': 'text/html' }).end('<html>Service Unavailable</html>')
        return
      }
      const { method, url, headers } = incoming
      const passed = send({ port: bench.destination.port, method, path: url, headers }, (got) => {
        answer.writeHead(got.statusCode ?? 500, got.headers)
        got.pipe(answer)
      })
      incoming.pipe(passed)
    }).listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    try {
      bench.redirect('destination', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
      expect(await codeOf(bench.run())).toBe('node-unreachable')
      await bench.run()
      await expectEqual(as)
    } finally {
      proxy.close()
      proxy.closeAllConnections()
    }
  })

  test('a process that is killed again and again leaves what the next one completes', async () => {
    const as = fresh()
    const directory = await mkdtemp(join(tmpdir(), 'holdfast-copying-'))
    const [job, world] = [join(directory, 'job.json'), join(directory, 'world.json')]
    try {
      await writeFile(job, JSON.stringify(bench.job))
      await writeFile(world, JSON.stringify({ checkpoint: null, remembered: null }))
      const run = async (killAfterMs: number | null) => {
        const child = fork(new URL('testkit/copying-process.ts', import.meta.url), [job, world])
        const ended = once(child, 'exit')
        const timer = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
        const [code] = await ended
        if (timer) clearTimeout(timer)
        return code
      }
      for (let kill = 0; kill < KILLS; kill += 1) await run(300 + Math.random() * 1200)
      expect(await run(null)).toBe(0)
      await expectEqual(as)
      expect(JSON.parse(await readFile(world, 'utf8'))).toMatchObject({ checkpoint: null })
    } finally {
      await rm(directory, { recursive: true })
    }
  }, 120_000)
})

test.skipIf(requires('influxdb', 'root', 'loop'))(
  'a destination whose disk is full says so, and takes the rest once there is room',
  async () => {
    await using disk = await LoopDisk.mount({ type: 'ext4', sizeMb: 64 })
    await using bench = await CopyBench.start({ destination: { parent: disk.path } })
    await bench.source.query('CREATE DATABASE texts')
    // Nothing makes random text smaller.
    const line = (n: number) =>
      `m,k=v s="${randomBytes(1000).toString('hex')}" ${1794000000000000000n + BigInt(n)}`
    const lines = Array.from({ length: 3000 }, (_, n) => line(n))
    await bench.source.write(lines.join('\n'), 'texts', 'autogen')
    const ballast = join(disk.path, 'ballast')
    await writeFile(ballast, Buffer.alloc(64 * 1024 * 1024)).catch(() => {})
    await truncate(ballast, (await stat(ballast)).size - 1024 * 1024)
    bench.begin({ databases: [{ name: 'texts' }] })
    expect(await codeOf(bench.run())).toBe('node-full')
    await rm(ballast)
    await bench.destination.stop()
    await bench.destination.startAgain()
    await bench.run()
    expect(await contentsOf(bench.destination, 'texts')).toEqual(await contentsOf(bench.source, 'texts'))
  },
)

test.skipIf(requires('influxdb'))(
  'who is not let in, and a database that is not there, are named',
  async () => {
    await using bench = await CopyBench.start({ source: { auth: true } })
    await bench.source.query('CREATE DATABASE metrics')
    bench.begin({ databases: [{ name: 'metrix' }] })
    expect(await codeOf(bench.run())).toBe('database-absent')
    const cx = bench.context()
    bench.world.secrets.set('source-password', 'canary-password')
    expect(await codeOf(bench.run(cx))).toBe('node-auth-failed')
    expect(JSON.stringify(bench.world.logLines)).not.toContain('canary')
  },
)
