import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { createLogger } from '../../../server/src/kit/log.ts'
import { openControlDatabase } from '../../../server/src/store/control-database.ts'
import { ADMIN } from './firm.ts'

const ADDRESS = 'http://127.0.0.1:8420'
const DATA = '/var/lib/holdfast'
const WAIT_MS = 60_000

/** The server of the firm with its first user. It can be away for a while, and its database be looked into. */
export class FirmServer implements AsyncDisposable {
  readonly address = ADDRESS
  readonly #root: string
  #child: ChildProcess | undefined
  #log = ''

  private constructor(root: string) {
    this.#root = root
  }

  static async start(root: string): Promise<FirmServer> {
    const server = new FirmServer(root)
    const create = ['--local', 'admin', 'create', ADMIN.name, '--password-stdin']
    const options = { env: server.#env, input: ADMIN.password, encoding: 'utf8' } as const
    const { status, stderr } = spawnSync(path.join(root, 'holdfast'), create, options)
    if (status !== 0) throw new Error(`the first user could not be made: ${stderr}`)
    await server.begin()
    return server
  }

  get #env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      HOLDFAST_DATA: DATA,
      // Browsers of the firm come from its own network.
      HOLDFAST_TRUSTED_PROXIES: '127.0.0.1',
      // The chat of the firm is this machine.
      HOLDFAST_WEBHOOK_ALLOW: '127.0.0.1',
      HOLDFAST_LOG_LEVEL: 'warn',
    }
  }

  async begin(): Promise<void> {
    const child = spawn(path.join(this.#root, 'holdfast'), ['serve', '--listen', new URL(ADDRESS).host], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (this.#log += data))
    const giveUpAt = Date.now() + WAIT_MS
    while (!(await isReady())) {
      if (child.exitCode !== null || Date.now() > giveUpAt) throw new Error(`the server: ${this.#log}`)
      await sleep(200)
    }
  }

  /** As when the machine is switched off. */
  async end(): Promise<void> {
    if (!this.#child || this.#child.exitCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await ended
  }

  /** What no user can do: to make what has just happened a thing of past days. */
  async inDatabase(work: (pool: Pool) => Promise<void>): Promise<void> {
    const dir = path.join(DATA, 'postgres')
    const database = await openControlDatabase({
      url: undefined,
      dir,
      binDir: undefined,
      log: createLogger('silent'),
    })
    try {
      await work(database.pool)
    } finally {
      await database.close()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end()
  }
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`${ADDRESS}/readyz`).catch(() => null)
  return answer?.ok ?? false
}
