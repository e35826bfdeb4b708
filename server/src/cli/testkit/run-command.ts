import { configDocument, type Importer } from '@holdfast/contract'
import type { CliDeps, LocalCommands } from '../deps.ts'
import { runCli } from '../run-cli.ts'
import { FakeControl, NOW } from './fake-control.ts'

export interface CommandResult {
  stdout: string
  stderr: string
  exitCode: number
  /** stdout as JSON. */
  json<T>(): T
}

export interface RunOptions {
  control?: FakeControl
  local?: Partial<LocalCommands>
  isTty?: boolean
  columns?: number
  isOutputGone?: boolean
  env?: Record<string, string | undefined>
  /** The answer to every question; a question without it fails the test. */
  answer?: boolean
  /** What is typed where nothing is shown, or comes from standard input. */
  typed?: string
  now?: () => Date
  /** Called with each handler for interrupts, to press Ctrl-C. */
  onListen?: (handler: () => void) => void
  connect?: CliDeps['connect']
  importers?: readonly Importer[]
}

export interface Screen {
  deps: CliDeps
  result(): CommandResult
}

/** A terminal, a control plane and local commands that exist only for a test. */
export function screen(options: RunOptions = {}): Screen {
  const control = options.control ?? new FakeControl()
  let stdout = ''
  let stderr = ''
  let exitCode = 0
  const unexpected = () => Promise.reject(new Error('the test did not expect this local command'))
  const local: LocalCommands = {
    worker: unexpected,
    serve: unexpected,
    backupDb: unexpected,
    restoreDb: unexpected,
    upgradeDb: unexpected,
    isSecret: async (name, value) => control.secrets.get(name) === value,
    admin: { create: unexpected, resetPassword: unexpected, list: unexpected },
    checkConfig: () => control.problems,
    async runWhileWaiting() {
      control.calls.push('worker starts')
      return {
        async [Symbol.asyncDispose]() {
          control.calls.push('worker stops')
        },
      }
    },
    ...options.local,
  }
  const deps: CliDeps = {
    connect: async () => ({
      control,
      async close() {
        control.closed += 1
      },
    }),
    ...(options.connect ? { connect: options.connect } : {}),
    local: async () => local,
    importers: async () => options.importers ?? [],
    io: {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      isTty: options.isTty ?? false,
      columns: options.columns ?? Number.POSITIVE_INFINITY,
      isOutputGone: options.isOutputGone ?? false,
      env: { TZ: 'UTC', USER: 'ada', XDG_CONFIG_HOME: '/nonexistent', ...options.env },
      userName: 'grace',
      async confirm(question) {
        if (options.answer === undefined) throw new Error(`nobody expected the question: ${question}`)
        stderr += `${question} ${options.answer ? 'yes' : 'no'}\n`
        return options.answer
      },
      async askHidden(question) {
        const typed = options.typed
        if (typed === undefined) throw new Error(`nobody expected the question: ${question}`)
        stderr += `${question}: \n`
        return typed
      },
      async readStdin() {
        return options.typed ?? ''
      },
      onInterrupt(handler) {
        options.onListen?.(handler)
        return { [Symbol.dispose]: () => undefined }
      },
      setExitCode(code) {
        exitCode = code
      },
    },
    now: options.now ?? (() => NOW),
    pollMs: 0,
  }
  return { deps, result: () => ({ stdout, stderr, exitCode, json: () => JSON.parse(stdout) }) }
}

/** Runs one command line against fakes. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  const { deps, result } = screen(options)
  await runCli(args, deps)
  return result()
}

/** A control plane with two jobs, one of them with two restore points. */
export function sampleControl(): FakeControl {
  const control = new FakeControl()
  control.document = configDocument.parse({
    vaults: [{ name: 'shelf', kind: 'directory', path: '/srv/shelf' }],
    policies: [{ name: 'monthly', retention: { keepDaily: 30 }, rpo: '26h' }],
    jobs: [
      {
        name: 'nightly files',
        kind: 'disk-copy',
        vault: 'shelf',
        policy: 'monthly',
        schedule: { cron: '30 2 * * *' },
        config: { source: '/home' },
      },
      { name: 'photos', kind: 'disk-copy', vault: 'shelf', enabled: false, config: { source: '/photos' } },
    ],
  })
  control.addPoint('nightly files', '2026-08-19T00:30:00.000Z', {
    verifiedAt: '2026-08-19T01:00:00.000Z',
    verifiedOk: true,
    verifiedLevel: 'full',
  })
  control.addPoint('nightly files', '2026-08-20T00:30:00.000Z', { protected: true })
  return control
}
