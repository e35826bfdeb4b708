import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LiveStream, type Source } from './live-stream.ts'

class FakeSource implements Source {
  readonly url: string
  onopen: Source['onopen'] = null
  onerror: Source['onerror'] = null
  isClosed = false
  readonly #listeners = new Map<string, (message: MessageEvent<string>) => void>()
  constructor(url: string) {
    this.url = url
  }
  addEventListener(event: string, listener: unknown): void {
    this.#listeners.set(event, listener as (message: MessageEvent<string>) => void)
  }
  close(): void {
    this.isClosed = true
  }
  open(): void {
    Reflect.apply(this.onopen ?? (() => {}), this, [])
  }
  fail(): void {
    Reflect.apply(this.onerror ?? (() => {}), this, [])
  }
  send(event: string, data: unknown): void {
    this.#listeners.get(event)?.({ data: JSON.stringify(data) } as MessageEvent<string>)
  }
}

let sources: FakeSource[]
let isShown: boolean
let sightChanged: () => void
let told: string[]
let stream: LiveStream

const open = () => sources.filter(({ isClosed }) => !isClosed).map(({ url }) => url)
const newest = () => sources.at(-1) as FakeSource
const soon = () => Promise.resolve()
const show = (next: boolean) => {
  isShown = next
  sightChanged()
}
const run = (ref: string, position = -1) => ({
  ref,
  position: () => position,
  receive: ({ event }: { event: string }) => told.push(`${ref} ${event}`),
})
const watch = () =>
  stream.watch({
    change: ({ topic }) => told.push(`changed ${topic}`),
    connected: (isAgain) => told.push(isAgain ? 'connected again' : 'connected'),
    lost: () => told.push('lost'),
  })

beforeEach(() => {
  vi.useFakeTimers()
  sources = []
  told = []
  isShown = true
  const connect = (url: string) => {
    const source = new FakeSource(url)
    sources.push(source)
    return source
  }
  stream = new LiveStream(connect, {
    isShown: () => isShown,
    watch: (changed) => {
      sightChanged = changed
      return () => {}
    },
  })
})
afterEach(() => vi.useRealTimers())

it('holds no connection while nobody can see the page, and says what may be missed after it', async () => {
  const close = watch()
  await soon()
  newest().open()
  show(false)
  expect(open()).toEqual([])
  show(true)
  expect(open()).toEqual(['/api/events'])
  newest().open()
  expect(told).toEqual(['connected', 'connected again'])
  close()
  expect(open()).toEqual([])
})

it('opens none for a tab that begins in the background', async () => {
  isShown = false
  watch()
  await soon()
  expect(sources).toHaveLength(0)
  show(true)
  expect(open()).toEqual(['/api/events'])
})

it('follows a run on the one connection, which changes hands without a gap', async () => {
  watch()
  await soon()
  newest().open()
  const leave = stream.follow(run('r1', 7))
  await soon()
  expect(open()).toEqual(['/api/events', '/api/runs/r1/events?changes=true&after=7'])
  newest().open()
  expect(open()).toEqual(['/api/runs/r1/events?changes=true&after=7'])
  newest().send('steps', [])
  newest().send('change', { topic: 'runs' })
  leave()
  stream.follow(run('r2'))
  await soon()
  newest().open()
  expect(open()).toEqual(['/api/runs/r2/events?changes=true&after=-1'])
  expect(told).toEqual(['connected', 'connected', 'r1 steps', 'changed runs', 'connected'])
})

it('keeps the connection of a run that has ended for the changes, and does not ask for the run again', async () => {
  watch()
  const leave = stream.follow(run('r1'))
  await soon()
  expect(open()).toEqual(['/api/runs/r1/events?changes=true&after=-1'])
  newest().open()
  newest().send('end', {})
  leave()
  await soon()
  expect(sources).toHaveLength(1)
  newest().send('change', { topic: 'points' })
  newest().fail()
  vi.advanceTimersByTime(2000)
  expect(open()).toEqual(['/api/events'])
  expect(told).toEqual(['connected', 'r1 end', 'changed points', 'lost'])
})

it('comes back by itself, at once for somebody who comes back to the page', async () => {
  watch()
  await soon()
  newest().fail()
  expect(open()).toEqual([])
  vi.advanceTimersByTime(1300)
  expect(open()).toEqual(['/api/events'])
  newest().fail()
  show(true)
  expect(open()).toEqual(['/api/events'])
  newest().open()
  expect(told).toEqual(['lost', 'lost', 'connected'])
})
