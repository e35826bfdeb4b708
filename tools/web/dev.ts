import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ownEnvironment } from './own-environment.ts'
import { prepareSamples } from './samples.ts'

/**
 * `npm run dev`: the server, restarted when its code changes; the web application, reloaded when its code changes; and
 * sample nodes and jobs in ./data/dev. Ends all of it with Ctrl-C.
 */
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..')
const data = path.join(root, 'data/dev')
const address = 'http://127.0.0.1:8420'
const children: ChildProcess[] = []

function start(args: string[], cwd: string): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: ownEnvironment(data),
  })
  child.on('exit', (code) => stopAll(code ?? 1))
  children.push(child)
  return child
}

function stopAll(code: number): void {
  process.exitCode ??= code
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM')
}

async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    const answer = await fetch(`${address}/readyz`).catch(() => null)
    if (answer?.ok) return
    await sleep(500)
  }
  throw new Error(`the server does not answer at ${address}`)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopAll(0))
start(['--watch', '--watch-preserve-output', path.join(root, 'server/src/main.ts'), 'serve'], root)
try {
  await untilReady()
  const words = await prepareSamples(root, data)
  start([path.join(root, 'node_modules/.bin/vite')], path.join(root, 'web'))
  process.stdout.write(`${words}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  stopAll(1)
}
