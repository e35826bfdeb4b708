import { expect, test } from 'vitest'
import { listen } from './listen.ts'
import { credentials, testServer } from './testkit/test-server.ts'

const LOCAL = { host: '127.0.0.1', port: 0 }
const acquire = {
  method: 'POST',
  headers: { ...credentials('hft_lock'), 'content-type': 'application/json' },
  body: JSON.stringify({ name: 'tape', holder: 'script', waitSeconds: 600 }),
}

test('an address that is taken, or not of this machine, is told', async () => {
  const [first, second] = [await testServer(), await testServer()]
  const port = Number(new URL(await listen(first.app, LOCAL)).port)
  await expect(listen(second.app, { ...LOCAL, port })).rejects.toMatchObject({
    code: 'listen-failed',
    message: `cannot listen at 127.0.0.1, port ${port}: another program does`,
  })
  await first.app.close()
  await second.app.close()
  const third = await testServer()
  await expect(listen(third.app, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
    code: 'listen-failed',
  })
  await third.app.close()
})

/** A server whose lock never comes free: the request ends when its signal says so. */
async function waitingServer() {
  const server = await testServer()
  const url = await listen(server.app, LOCAL)
  const asked = Promise.withResolvers<AbortSignal>()
  server.control.answers.set('acquireLock', undefined)
  const never = Promise.withResolvers<void>()
  server.control.wait = never.promise
  const timer = setInterval(() => {
    const [request] = server.control.calls.find(({ method }) => method === 'acquireLock')?.args ?? []
    if (request) asked.resolve((request as { signal: AbortSignal }).signal)
  }, 5)
  return { server, url, asked: asked.promise.finally(() => clearInterval(timer)), never }
}

test('waiting for a lock ends when the client goes away', async () => {
  const { server, url, asked, never } = await waitingServer()
  const client = new AbortController()
  const response = fetch(`${url}/api/locks/acquire`, { ...acquire, signal: client.signal })
  const signal = await asked
  expect(signal.aborted).toBe(false)
  client.abort()
  await expect(response).rejects.toThrow()
  await expect.poll(() => signal.aborted).toBe(true)
  // What waiting with a signal throws.
  server.control.failures.set('acquireLock', new DOMException('aborted', 'AbortError'))
  never.resolve()
  await server.app.close()
  expect(server.lines.filter((line) => line.includes('"level":50'))).toEqual([])
})

test('a server that closes ends what waits, and within seconds what does not', async () => {
  const { server, url, asked } = await waitingServer()
  const response = fetch(`${url}/api/locks/acquire`, acquire).catch(() => 'cut')
  const signal = await asked
  const started = performance.now()
  await server.app.close()
  expect(signal.aborted).toBe(true)
  expect(await response).toBe('cut')
  expect(performance.now() - started).toBeLessThan(7000)
})
