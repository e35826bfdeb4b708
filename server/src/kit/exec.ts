import { HoldfastError } from '@holdfast/contract'
import { execa, type StdinOption } from 'execa'
import { TokenSplitter } from './text/token-splitter.ts'

/** An argument that no log line and no error message may show. */
export interface SecretArgument {
  readonly secret: string
}

export interface ExecOptions {
  readonly signal?: AbortSignal | undefined
  readonly cwd?: string | undefined
  /** Added to a bare environment of PATH, HOME and the C locale: programs must not speak the user's language. */
  readonly env?: Readonly<Record<string, string>>
  /** What the program reads: bytes, or an open file descriptor. Nothing by default. */
  readonly stdin?: Uint8Array | number
  /** Open file descriptors that the program inherits as 3, 4, ... and keeps as long as it lives. */
  readonly inherit?: readonly number[]
  /** Called with its process id once it runs. */
  readonly onStart?: (pid: number) => void
  /** Called for each piece of output between two ends of line; both CR and LF end one. */
  readonly onStdout?: (token: string) => void
  readonly onStderr?: (token: string) => void
  /** How many of the last lines of each stream to keep. */
  readonly keepLines?: number
  /** Exit codes that are no error. The others throw `command-failed`. */
  readonly okCodes?: readonly number[] | 'all'
  /** The kernel ends the program when this process dies, however it dies. */
  readonly dieWithParent?: boolean
  /** Pause between SIGTERM and SIGKILL once `signal` has fired. */
  readonly killAfterMs?: number
}

export interface ExecResult {
  /** 128 + the number of the signal is never made up: a killed program has `null` here. */
  readonly exitCode: number | null
  readonly killedBy: string | null
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  readonly durationMs: number
}

/** Debian packages of the programs that Holdfast starts. */
const PACKAGES: Readonly<Record<string, string>> = {
  rsync: 'rsync',
  flock: 'util-linux',
  setpriv: 'util-linux',
  findmnt: 'util-linux',
  perl: 'perl-base',
  rm: 'coreutils',
  sha256sum: 'coreutils',
  getfattr: 'attr',
  mount: 'mount',
  umount: 'mount',
  blkid: 'util-linux',
  sudo: 'sudo',
  cryptsetup: 'cryptsetup-bin',
  smartctl: 'smartmontools',
  btrfs: 'btrfs-progs',
}

const KEEP_LINES = 40
const MAX_LINE_LENGTH = 4096

/** The error a stopped piece of work throws: whatever the signal was fired with, else `run-canceled`. */
export function canceledError(signal: AbortSignal): HoldfastError {
  if (signal.reason instanceof HoldfastError) return signal.reason
  return new HoldfastError('run-canceled', 'the work was canceled', { cause: signal.reason })
}

export function throwIfCanceled(signal: AbortSignal): void {
  if (signal.aborted) throw canceledError(signal)
}

function missing(program: string, cause?: unknown): HoldfastError {
  const debianPackage = PACKAGES[program]
  return new HoldfastError('command-missing', `the program ${program} is not installed`, {
    ...(debianPackage ? { hint: `Install it: apt install ${debianPackage}` } : {}),
    details: { program, package: debianPackage ?? null },
    cause,
  })
}

/** Keeps the last lines of a stream, each cut to a sane length, with secrets blanked. */
class Tail {
  readonly lines: string[] = []
  readonly #limit: number
  readonly #mask: (text: string) => string

  constructor(limit: number, mask: (text: string) => string) {
    this.#limit = limit
    this.#mask = mask
  }

  add(token: string): void {
    if (token === '') return
    this.lines.push(this.#mask(token.slice(0, MAX_LINE_LENGTH)))
    if (this.lines.length > this.#limit) this.lines.shift()
  }
}

function masker(args: readonly (string | SecretArgument)[]): (text: string) => string {
  const secrets = args.flatMap((arg) => (typeof arg === 'string' || arg.secret === '' ? [] : [arg.secret]))
  return (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
}

function start(program: string, args: readonly (string | SecretArgument)[], options: ExecOptions) {
  const argv = args.map((arg) => (typeof arg === 'string' ? arg : arg.secret))
  const [file, fileArgs] = options.dieWithParent
    ? ['setpriv', ['--pdeathsig', 'TERM', '--', program, ...argv]]
    : [program, argv]
  const { stdin } = options
  // The types of execa name the descriptors 3 to 9 only; the program is given whatever is open.
  const asOption = (fd: number) => fd as 3
  const input: StdinOption = typeof stdin === 'number' ? asOption(stdin) : (stdin ?? 'ignore')
  const stdio: [StdinOption, 'pipe', 'pipe', ...3[]] = [
    input,
    'pipe',
    'pipe',
    ...(options.inherit ?? []).map(asOption),
  ]
  return execa(file, fileArgs, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    stdio,
    extendEnv: false,
    env: {
      PATH: process.env.PATH ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: process.env.HOME ?? '/',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...options.env,
    },
    buffer: false,
    encoding: 'buffer',
    reject: false,
    forceKillAfterDelay: options.killAfterMs ?? 3000,
  })
}

/**
 * Starts a program and waits for its end. Arguments are an array, never a shell string; output is streamed by token and
 * only its last lines are kept. When `signal` fires the program gets SIGTERM, then SIGKILL, and the call throws what the
 * signal was fired with. Throws `command-missing` and `command-failed` (details: exitCode, output).
 */
export async function exec(
  program: string,
  args: readonly (string | SecretArgument)[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  if (options.signal) throwIfCanceled(options.signal)
  const mask = masker(args)
  const stdout = new Tail(options.keepLines ?? KEEP_LINES, mask)
  const stderr = new Tail(options.keepLines ?? KEEP_LINES, mask)
  const startedAt = performance.now()
  const child = start(program, args, options)
  if (child.pid !== undefined) options.onStart?.(child.pid)
  const ends = [
    follow(child.stdout, (token) => {
      stdout.add(token)
      options.onStdout?.(token)
    }),
    follow(child.stderr, (token) => {
      stderr.add(token)
      options.onStderr?.(token)
    }),
  ]
  const ended = await child
  await Promise.all(ends)
  if (options.signal?.aborted) throw canceledError(options.signal)
  const wrapperFailed = stderr.lines.some((line) => line.startsWith('setpriv: failed to execute'))
  if (ended.code === 'ENOENT' && ended.exitCode === undefined) {
    throw missing(options.dieWithParent ? 'setpriv' : program, ended)
  }
  if (options.dieWithParent && ended.exitCode === 127 && wrapperFailed) throw missing(program)
  if (ended.failed && ended.exitCode === undefined && ended.signal === undefined) {
    throw new HoldfastError('command-failed', `the program ${program} could not be started`, {
      details: { program, reason: ended.code ?? 'unknown' },
    })
  }
  const result: ExecResult = {
    exitCode: ended.exitCode ?? null,
    killedBy: ended.signal ?? null,
    stdout: stdout.lines,
    stderr: stderr.lines,
    durationMs: performance.now() - startedAt,
  }
  return checked(program, result, options.okCodes ?? [0])
}

function checked(program: string, result: ExecResult, okCodes: readonly number[] | 'all'): ExecResult {
  if (okCodes === 'all' || (result.exitCode !== null && okCodes.includes(result.exitCode))) return result
  throw commandFailed(program, result)
}

export function commandFailed(program: string, result: ExecResult): HoldfastError {
  const how = result.killedBy ? `was ended by ${result.killedBy}` : `ended with code ${result.exitCode}`
  return new HoldfastError('command-failed', `${program} ${how}`, {
    details: {
      program,
      exitCode: result.exitCode,
      signal: result.killedBy,
      output: [...(result.stderr.length > 0 ? result.stderr : result.stdout)],
    },
  })
}

/** Hands on a stream token by token; resolves when it has ended, however it ended. */
function follow(stream: NodeJS.ReadableStream, onToken: (token: string) => void): Promise<void> {
  const splitter = new TokenSplitter(onToken)
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => splitter.write(chunk))
    stream.once('close', () => {
      splitter.end()
      resolve()
    })
  })
}
