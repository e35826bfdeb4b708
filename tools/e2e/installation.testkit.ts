import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Control, Page, Run } from '@holdfast/contract'
import { DRIVERS, driverOf } from '../../server/src/drivers/registry.ts'
import { createControl } from '../../server/src/engine/control/control.ts'
import type { EngineDeps } from '../../server/src/engine/deps.ts'
import { hostIdentity } from '../../server/src/kit/host.ts'
import { createLogger } from '../../server/src/kit/log.ts'
import { openControlDatabase } from '../../server/src/store/control-database.ts'
import { waitForStop } from '../../server/src/store/embedded/embedded.ts'
import { Queue } from '../../server/src/store/runs/queue.ts'
import { createStore } from '../../server/src/store/store.ts'
import { createVaultAccess } from '../../server/src/vaults/access.ts'
import { machineBay } from '../../server/src/vaults/bay.ts'
import { removeFolder } from '../lab/remove-folder.ts'

/** Hundreds of commands are started: Node need not compile the same files for each of them. */
const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/holdfast-e2e', import.meta.url))
const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))

/** Longest wait for anything that is known to come. */
export const PATIENCE_MS = 180_000

export interface Finished {
  exitCode: number
  stdout: string
  stderr: string
}

/** Holdfast as a user has it: its own data directory, real processes, the embedded database. */
export class Installation implements AsyncDisposable {
  readonly directory: string
  /** Added to the environment of every process. */
  readonly env: Record<string, string> = {}
  /** Program and arguments that start Holdfast, such as one that gives up rights first. */
  launcher: string[] = []
  /** All that was ever printed, by every process. */
  transcript = ''
  readonly #children = new Set<ChildProcess>()
  #inside: Promise<Inside> | undefined

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

  /** Starts a command and gives its process; `input` is what it reads. */
  spawn(args: string[], input?: string): ChildProcess {
    const common = { HOLDFAST_DATA: this.path('data'), NO_COLOR: '1', NODE_COMPILE_CACHE: COMPILE_CACHE }
    const env = { ...process.env, ...common, ...this.env }
    const [program = '', ...rest] = [...this.launcher, process.execPath, MAIN, ...args]
    const stdin = input === undefined ? 'ignore' : 'pipe'
    const child = spawn(program, rest, { env, stdio: [stdin, 'pipe', 'pipe'] })
    child.stdin?.end(input)
    this.#children.add(child)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => {
        this.transcript += data
      })
    }
    child.once('exit', () => this.#children.delete(child))
    return child
  }

  /** Runs a command to its end, whatever its exit code. */
  async run(...args: string[]): Promise<Finished> {
    return await this.ended(this.spawn(args))
  }

  /** What a process that was just started prints, and how it ends. */
  async ended(child: ChildProcess): Promise<Finished> {
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

  /** What a command that prints a list prints of it. */
  async list<T>(...args: string[]): Promise<T[]> {
    return (await this.json<Page<T>>(...args)).items
  }

  /** Starts a worker and waits until it takes runs. */
  async startWorker(...options: string[]): Promise<ChildProcess> {
    const child = this.spawn(['worker', '--concurrency', '2', ...options])
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

  /** Starts a job that some worker does, and gives the id of the run. */
  async start(job: string): Promise<string> {
    const [run] = await this.json<Run[]>('run', job, '--no-wait')
    if (!run) throw new Error(`no run of ${job} was started`)
    return run.id
  }

  /**
   * The control plane seen from this process: to look at what happens, again and again. What users do goes through
   * commands. It keeps the embedded database running until {@link letGo}.
   */
  async control(): Promise<Control> {
    this.#inside ??= openInside(this.env.HOLDFAST_DATABASE_URL, this.path('data'))
    return (await this.#inside).control
  }

  async letGo(): Promise<void> {
    const inside = await this.#inside
    this.#inside = undefined
    await inside?.close()
  }

  async getRun(id: string): Promise<Run> {
    return await (await this.control()).getRun(id)
  }

  /** Waits until a run satisfies `is`. */
  async untilRun(id: string, is: (run: Run) => boolean): Promise<Run> {
    let run = await this.getRun(id)
    await until(async () => {
      run = await this.getRun(id)
      return is(run)
    })
    return run
  }

  finished(id: string): Promise<Run> {
    return this.untilRun(id, (run) => run.status === 'finished')
  }

  /** Ends a process as a service manager does, and waits for its end. */
  async stop(child: ChildProcess): Promise<number | null> {
    if (child.exitCode !== null) return child.exitCode
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
    return child.exitCode
  }

  /** Command lines of processes that have to do with this installation. */
  processes(): string[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .map(commandLine)
      .filter((line) => line.includes(this.directory))
  }

  /** Resolves when the embedded database has stopped, which it does after the last process that used it. */
  databaseStopped(): Promise<void> {
    return waitForStop(this.path('data', 'postgres'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) await kill(child)
    await this.letGo()
    if (existsSync(this.path('data', 'postgres'))) await this.databaseStopped()
    await removeFolder(this.directory)
  }
}

interface Inside {
  control: Control
  close(): Promise<void>
}

async function openInside(url: string | undefined, dataDir: string): Promise<Inside> {
  const log = createLogger('silent')
  const database = await openControlDatabase({ url, dir: `${dataDir}/postgres`, binDir: undefined, log })
  const queue = new Queue({ connection: database.connection, onError: () => {}, sendOnly: true })
  const deps: EngineDeps = {
    store: createStore(database.db, queue),
    drivers: DRIVERS,
    driverOf: (kind) => driverOf(kind),
    vaults: createVaultAccess({ resolvePassphrase: async () => '', ownPaths: [] }),
    bay: machineBay([]),
    host: hostIdentity(),
    log,
    now: () => new Date(),
    notify: async () => {},
    secretKeyFile: `${dataDir}/secret.key`,
    secret: async () => '',
    ownPaths: [dataDir],
    selfBackup: null,
    random: Math.random,
  }
  const close = async () => {
    await queue.stop()
    await database.close()
  }
  return { control: createControl(deps, async () => []), close }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
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
