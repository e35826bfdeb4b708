import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import readline from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { clusterDirs } from '../cluster.ts'
import { serverProcesses } from '../server/processes.ts'
import { connectionTo } from '../server/readiness.ts'

const MAIN = fileURLToPath(new URL('./member-main.ts', import.meta.url))

export interface Opened {
  host: string
  version: string
  startedHere: boolean
}

/** A real process that uses an embedded database: see member-main.ts. */
export class Member {
  readonly process: ChildProcess
  readonly opened: Promise<Opened>
  /** Highest number it said was committed. */
  written = 0
  errors = ''

  constructor(dir: string, options: { uid?: number; gid?: number; env?: NodeJS.ProcessEnv } = {}) {
    this.process = spawn(process.execPath, [MAIN, dir], {
      cwd: '/',
      stdio: ['pipe', 'pipe', 'pipe'],
      ...options,
    })
    this.process.stderr?.on('data', (text) => {
      this.errors += String(text)
    })
    this.opened = new Promise((resolve, reject) => {
      const input = this.process.stdout
      if (!input) throw new Error('no output')
      readline.createInterface({ input }).on('line', (line) => {
        const said = JSON.parse(line) as Opened & { written?: number }
        if (said.written) this.written = said.written
        else resolve(said)
      })
      this.process.once('exit', () => reject(new Error(`member ended: ${this.errors}`)))
    })
    this.opened.catch(() => {})
    this.process.stdin?.on('error', () => {})
  }

  async writeSome(count: number): Promise<void> {
    const until = this.written + count
    this.process.stdin?.write('write\n')
    await waitFor(() => this.written >= until, `${count} rows: ${this.errors}`)
  }

  async close(): Promise<void> {
    this.process.stdin?.write('close\n')
    if (this.process.exitCode === null) await once(this.process, 'exit')
  }

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    this.process.kill('SIGKILL')
    await once(this.process, 'exit')
  }
}

export async function waitFor(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await condition()) return
    await sleep(50)
  }
  throw new Error(`waited too long for ${what}`)
}

export async function query<Row extends object>(host: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(connectionTo(host))
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

export function keeperPid(dir: string): number {
  return Number(fs.readFileSync(`${dir}/keeper.lock`, 'utf8'))
}

export function serversOf(dir: string): number[] {
  return serverProcesses(clusterDirs(fs.realpathSync(dir)))
}

/** The server process that all others descend from. */
export function postmasterPid(dir: string): number {
  const pid = serversOf(dir).find((one) => {
    const status = fs.readFileSync(`/proc/${one}/status`, 'utf8')
    return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === keeperPid(dir)
  })
  if (pid === undefined) throw new Error('no server process')
  return pid
}
