import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeRun, openLive, RUN_ID } from './live.testkit.ts'

let fake: ReturnType<typeof fakeRun>
let live: Awaited<ReturnType<typeof openLive>>
beforeEach(async () => {
  fake = fakeRun()
  live = await openLive(fake)
})
afterEach(() => live[Symbol.asyncDispose]())

const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 })
const range = (count: number) => Array.from({ length: count }, (_, index) => index)
const quiet = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('following a run', () => {
  it('begins with run, steps and log, goes on with what changes and ends when the run has', async () => {
    fake.write(3)
    const client = await live.open('/run')
    await until(() => expect(client.positions()).toEqual([0, 1, 2]))
    expect(client.events.map(({ event }) => event)).toEqual(['run', 'steps', 'log'])
    expect(client.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-frame-options': 'DENY',
    })
    expect(client.text).toMatch(/^retry: 2000\n\n/)

    fake.state.steps = [{ name: 'Copy' }] as typeof fake.state.steps
    fake.tell()
    await until(() =>
      expect(client.events.at(-1)).toMatchObject({ event: 'steps', data: [{ name: 'Copy' }], id: 2 }),
    )

    fake.write(2)
    fake.finish()
    fake.tell()
    await until(() => expect(client.isClosed).toBe(true))
    expect(client.events.slice(4).map(({ event, id }) => [event, id])).toEqual([
      ['run', 2],
      ['log', 4],
      ['end', 4],
    ])
    expect(live.hub.size).toBe(0)
  })

  it('tells changes on the same stream for who wants them, and goes on with them after the end', async () => {
    fake.finish()
    const client = await live.open('/run?changes=true')
    const names = () => client.events.map(({ event }) => event)
    await until(() => expect(names()).toEqual(['run', 'steps', 'end']))
    fake.tell({ topic: 'objects' })
    await until(() => expect(names()).toEqual(['run', 'steps', 'end', 'change']))
    expect(client.isClosed).toBe(false)
    expect(live.hub.size).toBe(1)
  })

  it('goes on after a position, and sends a long log in batches without a gap', async () => {
    fake.write(2345)
    fake.finish()
    const client = await live.open('/run?after=99')
    await until(() => expect(client.isClosed).toBe(true))
    expect(client.positions()).toEqual(range(2345).slice(100))
    expect(client.events.filter(({ event }) => event === 'log').length).toBeGreaterThan(3)
    expect(client.events.at(-1)?.event).toBe('end')
  })

  it('costs one read for each change however many follow, and tells all of them', async () => {
    fake.write(1200)
    const clients = await Promise.all(range(200).map((n) => live.open(`/run?user=u${n}`)))
    await until(() => {
      for (const client of clients) expect(client.positions()).toHaveLength(1200)
    })
    for (let change = 0; change < 3; change += 1) {
      await quiet(60)
      fake.resetReads()
      fake.write()
      fake.tell()
      await until(() => {
        for (const client of clients) expect(client.positions()).toHaveLength(1201 + change)
      })
      expect(fake.state.reads).toEqual({ getRun: 1, listSteps: 1, readLog: 1 })
    }
    for (const client of clients) expect(client.positions()).toEqual(range(1203))
    expect(fake.state.subscriptions).toBe(1)
  })

  it('reads changes that come fast together, and loses none of their lines', async () => {
    const client = await live.open('/run')
    await until(() => expect(client.events).toHaveLength(2))
    fake.resetReads()
    for (const _ of range(100)) {
      fake.write()
      fake.tell()
      await quiet(2)
    }
    await until(() => expect(client.positions()).toEqual(range(100)))
    expect(fake.state.reads.readLog).toBeLessThan(15)
  })

  it('brings a latecomer to the same place as the others, while lines keep coming', async () => {
    fake.write(700)
    const first = await live.open('/run')
    await until(() => expect(first.positions()).toHaveLength(700))
    const late = []
    for (const n of range(10)) {
      fake.write(n * 37)
      fake.tell()
      late.push(await live.open(`/run?after=${n * 60 - 1}`))
    }
    fake.write()
    fake.tell()
    const total = 700 + 37 * 45 + 1
    await until(() => expect(first.positions()).toEqual(range(total)))
    for (const [n, client] of late.entries()) {
      await until(() => expect(client.positions()).toEqual(range(total).slice(n * 60)))
    }
  })

  it('reads everything again when changes may have been missed', async () => {
    const client = await live.open('/run')
    const page = await live.open('/changes')
    await until(() => expect(client.events).toHaveLength(2))
    fake.write()
    fake.missed()
    await until(() => expect(client.positions()).toEqual([0]))
    await until(() =>
      expect(page.events.map(({ data }) => (data as { topic: string }).topic)).toEqual([
        'runs',
        'objects',
        'points',
        'locks',
        'workers',
      ]),
    )
  })

  it('ends the stream when the database goes away, and serves the next one', async () => {
    const client = await live.open('/run')
    await until(() => expect(client.events).toHaveLength(2))
    fake.state.fails = true
    fake.tell()
    await until(() => expect(client.isClosed).toBe(true))
    fake.state.fails = false
    fake.write(2)
    const again = await live.open('/run')
    await until(() => expect(again.positions()).toEqual([0, 1]))
  })

  it('lets a reader that takes nothing wait without holding up others or piling up its log', async () => {
    const slow = await live.open('/run?user=slow')
    slow.pause()
    const quick = await live.open('/run?user=quick')
    fake.write(30_000, 'x'.repeat(1000))
    fake.tell()
    await until(() => expect(quick.positions().length).toBe(30_000))
    expect(slow.positions().length).toBeLessThan(30_000)
    slow.resume()
    await until(() => expect(slow.positions()).toEqual(range(30_000)))
  })
})

describe('following changes', () => {
  const change = (topic: 'runs' | 'objects', nodeId?: string) =>
    ({ topic, runId: RUN_ID, jobId: 'job_1', ...(nodeId ? { nodeId } : {}) }) as const

  it('tells everybody what changed, and those limited to nodes only what lies on them', async () => {
    const all = await live.open('/changes')
    const onA = await live.open('/changes?nodes=nod_a')
    fake.tell(change('runs', 'nod_b'))
    fake.tell(change('runs', 'nod_a'))
    fake.tell(change('objects'))
    await until(() => expect(all.events).toHaveLength(3))
    await until(() => expect(onA.events).toHaveLength(2))
    expect(onA.events.map(({ data }) => data)).toEqual([
      { topic: 'runs', runId: RUN_ID, jobId: 'job_1' },
      { topic: 'objects' },
    ])
    expect(all.text + onA.text).not.toContain('nod_')
  })

  it('tells of each thing at most four times a second, and of the last change always', async () => {
    const client = await live.open('/changes')
    for (const _ of range(60)) {
      fake.tell(change('runs', 'nod_a'))
      await quiet(10)
    }
    const lastAt = performance.now()
    await quiet(400)
    expect(client.events.length).toBeGreaterThanOrEqual(3)
    expect(client.events.length).toBeLessThanOrEqual(5)
    expect(client.events.at(-1)?.at).toBeGreaterThan(lastAt - 260)
  })
})

describe('who may stream', () => {
  it('asks once for all streams of a session with each heartbeat, and ends those of one that was revoked', async () => {
    await live[Symbol.asyncDispose]()
    live = await openLive(fake, { heartbeatMs: 60 })
    const clients = await Promise.all(['/run', '/run', '/changes'].map((path) => live.open(path)))
    await until(() => {
      for (const client of clients) expect(client.comments).toBeGreaterThan(1)
    })
    expect(live.access.asked).toBeLessThanOrEqual((clients[0]?.comments ?? 0) + 1)
    live.access.isAllowed = false
    await until(() => expect(clients.every((client) => client.isClosed)).toBe(true))
    expect(live.hub.size).toBe(0)
  })

  it('refuses the thirty-first stream of one user, not the first of another', async () => {
    for (const _ of range(30)) await live.open('/changes?user=a')
    const refused = await live.open('/changes?user=a')
    await until(() => expect(refused.text).toContain('30 live streams'))
    const other = await live.open('/changes?user=b')
    expect(other.headers['content-type']).toContain('event-stream')
  })

  it('refuses as many that come at the same moment', async () => {
    const { listen } = fake.changes
    fake.changes.listen = async (handler) => {
      await quiet(200)
      return listen(handler)
    }
    await Promise.all(range(45).map(() => live.open('/changes?user=a')))
    expect(live.hub.size).toBe(30)
  })

  it('ends all streams and its subscription when the server closes', async () => {
    const clients = [await live.open('/run'), await live.open('/changes')]
    await live.hub[Symbol.asyncDispose]()
    await until(() => expect(clients.every((client) => client.isClosed)).toBe(true))
    fake.resetReads()
    fake.tell()
    await quiet(20)
    expect(fake.state.reads.getRun).toBe(0)
  })
})
