import { spawn } from 'node:child_process'
import { mkdir, open, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildWebWhenStale } from '../web/build-when-stale.ts'
import { ownEnvironment } from '../web/own-environment.ts'

const FIRST_PORT = 8420
const WAIT_MS = 60_000

/**
 * Starts the server on the quickstart's own data, in the background, so that it goes on when this ends. Returns where to
 * look and how to stop it. A server of an earlier quickstart that still runs is used again.
 */
export async function showOnScreen(root: string, data: string, page: string): Promise<string> {
  await buildWebWhenStale()
  const logFile = path.join(data, 'server.log')
  const before = await runningServer(logFile)
  if (before) {
    const first = await firstUser(before.address, logFile)
    return `${first}${before.address}${page} (still running: stop it with \`kill ${before.pid}\`)`
  }
  const port = await freePort(FIRST_PORT)
  await mkdir(path.dirname(logFile), { recursive: true })
  // The set-up link is printed there, which opens everything.
  const log = await open(logFile, 'w', 0o600)
  const child = spawn(path.join(root, 'holdfast'), ['serve', '--listen', `127.0.0.1:${port}`], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: ownEnvironment(data),
  })
  await log.appendFile(`pid ${child.pid} port ${port}\n`)
  await log.close()
  child.unref()
  const address = `http://127.0.0.1:${port}`
  await untilReady(address, logFile, () => child.exitCode)
  const first = await firstUser(address, logFile)
  return `${first}${address}${page} shows this run (stop the server with \`kill ${child.pid}\`)`
}

/** How to make the first user; nothing once there is one. The link that the server printed last is the one that is good. */
async function firstUser(address: string, logFile: string): Promise<string> {
  const answer = await fetch(`${address}/api/setup`)
  const { needed } = (await answer.json()) as { needed: boolean }
  if (!needed) return ''
  const links = (await readFile(logFile, 'utf8')).match(/https?:\/\/\S+\/setup#token=\S+/g)
  const link = links?.at(-1)
  return link ? `${link} makes the first user; then ` : ''
}

async function runningServer(logFile: string): Promise<{ pid: number; address: string } | null> {
  const text = await readFile(logFile, 'utf8').catch(() => '')
  const [, pid, port] = /^pid (\d+) port (\d+)$/m.exec(text) ?? []
  if (!pid || !port) return null
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const address = `http://127.0.0.1:${port}`
  if (!command.includes('main.ts') || !(await isReady(address))) return null
  return { pid: Number(pid), address }
}

async function untilReady(address: string, logFile: string, exitCode: () => number | null): Promise<void> {
  const giveUpAt = Date.now() + WAIT_MS
  while (!(await isReady(address))) {
    if (exitCode() !== null || Date.now() > giveUpAt) {
      throw new Error(`the server did not start:\n${await readFile(logFile, 'utf8')}`)
    }
    await sleep(200)
  }
}

async function isReady(address: string): Promise<boolean> {
  const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => null)
  return answer?.ok ?? false
}

/** The first port from here on that nothing uses. */
async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + 50; port++) {
    if (await canListen(port)) return port
  }
  throw new Error(`no port from ${from} to ${from + 49} is free`)
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
