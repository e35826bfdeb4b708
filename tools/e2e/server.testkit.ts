import { type ChildProcess, spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import type { Installation } from './installation.testkit.ts'
import { until } from './installation.testkit.ts'

export interface Answer {
  status: number
  /** Parsed where it is JSON, else text. */
  body: unknown
  headers: Headers
}

/** `holdfast serve` of an installation, and its HTTP API as a browser or script speaks to it. */
export class TestServer {
  readonly #place: Installation
  #child: ChildProcess | undefined
  address = ''
  /** The token of the set-up link that the last start printed; empty where it printed none. */
  setupToken = ''
  /** Every answer, headers and body, as one text. */
  answers = ''

  constructor(place: Installation) {
    this.#place = place
  }

  /** Starts it, the first time at a port that the system chooses, then always at the same. */
  async start(): Promise<ChildProcess> {
    const listen = this.address ? new URL(this.address).host : '127.0.0.1:0'
    const child = this.#place.spawn(['--local', 'serve', '--listen', listen])
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data))
    await until(() => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${output}`)
      return /served at \S+\n/.test(output)
    })
    this.address = /served at (\S+)\n/.exec(output)?.[1] ?? ''
    const { needed } = (await this.call('GET', '/api/setup')).body as { needed: boolean }
    const link = () => /#token=(\S+)\n/.exec(output)?.[1] ?? ''
    if (needed) await until(() => link() !== '')
    this.setupToken = link()
    this.#child = child
    return child
  }

  get process(): ChildProcess {
    if (!this.#child) throw new Error('the server was not started')
    return this.#child
  }

  async call(
    method: string,
    path: string,
    options: { headers?: Record<string, string>; body?: unknown } = {},
  ): Promise<Answer> {
    const json = options.body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(`${this.address}${path}`, {
      method,
      headers: { ...json, ...options.headers },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    })
    const text = await response.text()
    this.answers += `${JSON.stringify([...response.headers])}\n${text}\n`
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }
}

/** Command lines of all processes, zero bytes and all. */
export async function commandLines(): Promise<string> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => ''))
  return (await Promise.all(lines)).join('\n')
}

/** Files below a directory that hold a text, as grep finds them. */
export function filesWith(text: string, directory: string): string[] {
  const { status, stdout, stderr } = spawnSync('grep', ['-rlaF', '-f', '-', directory], {
    input: `${text}\n`,
    encoding: 'utf8',
  })
  // 2: a file went away while it was looked for, which a database does.
  if (status === 2 && !/No such file/.test(stderr)) throw new Error(stderr)
  return stdout.split('\n').filter(Boolean)
}
