import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeFolder } from '../remove-folder.ts'

/** Below the range from which Linux takes ports for outgoing connections: a server finds its own free when it starts again. */
const PORTS = { first: 20_000, count: 12_000 }
const MS_TO_ANSWER = 60_000
/** One that waits for a busy disk cannot even be killed until that has answered. */
const MS_TO_STOP = 120_000

export interface ServerCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Whether it answers; may throw as long as it does not. */
  readonly answers: () => Promise<boolean>
}

/** A directory of its own for a server of the lab. `parent`: where it is made, such as a small disk. */
export async function labDirectory(parent = tmpdir()): Promise<string> {
  return await mkdtemp(join(parent, 'holdfast-lab-'))
}

/** A port of loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count)
    if (await isFree(port)) return port
  }
  throw new Error('no free port on loopback')
}

async function isFree(port: number): Promise<boolean> {
  const server = net.createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

/** A process that serves on loopback out of one directory, and dies with this one. */
export class LabServer {
  readonly directory: string
  readonly #command: ServerCommand
  #process: ChildProcess | undefined

  constructor(directory: string, command: ServerCommand) {
    this.directory = directory
    this.#command = command
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** Starts it, for the first time or again on the same data, and waits until it answers. */
  async start(): Promise<void> {
    if (this.#process) throw new Error(`${this.#command.program} runs already`)
    const { program, args, env, answers } = this.#command
    const log = openSync(join(this.directory, 'log'), 'a')
    const child = spawn('setpriv', ['--pdeathsig=KILL', program, ...args], {
      cwd: this.directory,
      env: { ...process.env, ...env },
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    this.#process = child
    const latest = Date.now() + MS_TO_ANSWER
    while (!(await answers().catch(() => false))) {
      const ended = hasEnded(child)
      if (!ended && Date.now() < latest) {
        await sleep(25)
        continue
      }
      await this.kill()
      throw new Error(
        `${program} ${ended ? 'ended' : 'does not answer'} after its start:\n${await this.said()}`,
      )
    }
  }

  /** Ends it in good order. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM', MS_TO_STOP)
  }

  /** As a power cut does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL', MS_TO_STOP)
  }

  /** The end of what it wrote to its log. */
  async said(): Promise<string> {
    const text = await readFile(join(this.directory, 'log'), 'utf8')
    return text.slice(-4000)
  }

  /** Ends it in any case and takes its directory away; throws when the process is left. */
  async dispose(): Promise<void> {
    await this.kill()
    await removeFolder(this.directory)
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL', limitMs: number): Promise<void> {
    const child = this.#process
    if (child && !hasEnded(child)) {
      const exit = once(child, 'exit', { signal: AbortSignal.timeout(limitMs) })
      child.kill(signal)
      await exit
    }
    this.#process = undefined
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
