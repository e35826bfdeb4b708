import type {
  ConfigDocument,
  ConfigProblem,
  Control,
  Importer,
  JsonValue,
  NewUser,
  ObjectKind,
  Run,
  User,
} from '@holdfast/contract'

/** Where the command line reads and writes: everything it touches of the process. */
export interface CliIo {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
  /** True when a person sits in front of it: standard input and output are terminals. */
  readonly isTty: boolean
  /** Width of the terminal; Infinity when the output goes to a file or a pipe, which nothing is cut for. */
  readonly columns: number
  /** True once standard output has broken: nobody reads on, so a command that only prints may stop. */
  readonly isOutputGone: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** The account this process runs under, for where the environment names nobody. */
  readonly userName: string
  /** Asks a yes-or-no question; asked only when `isTty`. */
  confirm(question: string): Promise<boolean>
  /**
   * Asks for a secret on the terminal without showing what is typed. Where standard input is no terminal, the answer is
   * everything that comes from there: ask a second time only when `isTty`. Throws `change-declined` on Ctrl-C.
   */
  askHidden(question: string): Promise<string>
  /** All of standard input, without the line break at its end. */
  readStdin(): Promise<string>
  /** Calls back on Ctrl-C and on a request to end; while anybody listens, neither ends the process by itself. */
  onInterrupt(handler: () => void): Disposable
  setExitCode(code: number): void
}

export type Names = Partial<Record<ObjectKind, readonly string[]>>

/** What a local command reports: printed as a list of names and values, amounts named by `...Bytes` and `...Ms`. */
export type LocalReport = Record<string, JsonValue>

/** What only the machine of the control plane can do; the program that starts the CLI brings it. */
export interface LocalCommands {
  /** Executes runs until the signal, then finishes or hands back what it does. */
  worker(options: { site: string; concurrency: number; signal: AbortSignal }): Promise<void>
  /** Serves API and web until the signal; `listen` is HOST:PORT in place of HOLDFAST_LISTEN. */
  serve(options: {
    listen: string | undefined
    /** Whether runs are executed in the same process. */
    worker: boolean
    site: string
    concurrency: number
    signal: AbortSignal
  }): Promise<void>
  /** Makes sure that these runs are done while the result is held: by this process where no worker is alive. */
  runWhileWaiting(control: Control, runs: readonly Run[]): Promise<AsyncDisposable>
  /** The checks of `Control.checkConfig` without a database; `existing` names may be referred to as well. */
  checkConfig(document: ConfigDocument, existing: Names): ConfigProblem[]
  /** Whether this is the value of the secret that is kept under the name; false when none is. */
  isSecret(name: string, value: string): Promise<boolean>
  backupDb(file: string): Promise<LocalReport>
  restoreDb(file: string, options: { replace: boolean }): Promise<LocalReport>
  upgradeDb(): Promise<LocalReport>
  /** Users, straight in the database of this machine. `by` is who does it, for the records. */
  readonly admin: {
    create(user: NewUser, by: string): Promise<User>
    /** Sets a password, enables, unlocks and ends all sessions. */
    resetPassword(name: string, password: string, by: string): Promise<void>
    list(): Promise<User[]>
  }
}

export interface Connection {
  readonly control: Control
  close(): Promise<void>
}

/** What is a function here loads its code when a command asks for it; see program.ts. */
export interface CliDeps {
  /** With `onlyIfRunning` nothing may be started for it (the shell asks while a person types). */
  connect(options?: { onlyIfRunning?: boolean }): Promise<Connection>
  readonly local: () => Promise<LocalCommands>
  /** Readers of the configurations of other programs, each asked in turn. */
  readonly importers: () => Promise<readonly Importer[]>
  readonly io: CliIo
  now(): Date
  /** Pause between two looks at a run that is being followed, in milliseconds; 500 without it. */
  readonly pollMs?: number
}
