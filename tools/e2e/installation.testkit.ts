import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { waitForStop } from '../../server/src/store/embedded/embedded.ts'

const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))

/** Longest wait for anything that is known to come. */
export const PATIENCE_MS = 60_000

export interface Finished {
  exitCode: number
  stdout: string
  stderr: string
}

/** Holdfast as a user has it: its own data directory, real processes, the embedded database. */
export class Installation implements AsyncDisposable {
  readonly directory: string
  readonly #children = new Set<ChildProcess>()

  private constructor(directory: string) {
    this.directory = directory
  }

  static async create(): Promise<Installation> {
    const directory = await mkdtemp(path.join(tmpdir(), 'holdfast-e2e-'))
    await mkdir(path.join(directory, 'config'))
    return new Installation(directory)
  }

  path(...parts: string[]): string {
    return path.join(this.directory, ...parts)
  }

  async configure(yaml: string): Promise<void> {
    await writeFile(this.path('config', 'holdfast.yaml'), yaml)
  }

  /** Starts a command and gives its process. */
  spawn(args: string[]): ChildProcess {
    const env = { ...process.env, HOLDFAST_DATA: this.path('data'), NO_COLOR: '1' }
    const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#children.add(child)
    child.once('exit', () => this.#children.delete(child))
    return child
  }

  /** Runs a command to its end, whatever its exit code. */
  async run(...args: string[]): Promise<Finished> {
    const child = this.spawn(args)
    const output = { stdout: '', stderr: '' }
    child.stdout?.on('data', (data) => {
      output.stdout += data
    })
    child.stderr?.on('data', (data) => {
      output.stderr += data
    })
    const [exitCode] = await once(child, 'close')
    return { exitCode, ...output }
  }

  /** Runs a command that must succeed, with `--json`. */
  async json<T>(...args: string[]): Promise<T> {
    const { exitCode, stdout, stderr } = await this.run(...args, '--json')
    if (exitCode !== 0)
      throw new Error(`holdfast ${args.join(' ')} ended with ${exitCode}: ${stdout}${stderr}`)
    return JSON.parse(stdout) as T
  }

  /** Starts a worker and waits until it takes runs. */
  async startWorker(): Promise<ChildProcess> {
    const child = this.spawn(['worker', '--concurrency', '2'])
    let log = ''
    child.stderr?.on('data', (data) => {
      log += data
    })
    await until(() => {
      if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}: ${log}`)
      return log.includes('worker ready')
    })
    return child
  }

  /** Resolves when the embedded database has stopped, which it does after the last process that used it. */
  databaseStopped(): Promise<void> {
    return waitForStop(this.path('data', 'postgres'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) await kill(child)
    await this.databaseStopped()
    await rm(this.directory, { recursive: true, force: true })
  }
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

export async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!(await is())) {
    if (performance.now() > deadline) throw new Error('it did not come to that in time')
    await sleep(20)
  }
}
