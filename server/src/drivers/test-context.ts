import {
  HoldfastError,
  type JsonValue,
  type LogLevel,
  type Phrase,
  phraseText,
  type RestorePoint,
  type RunProgress,
  type SecretReference,
} from '@holdfast/contract'
import { newId } from '../kit/ids.ts'
import { privilegesOfProcess } from '../kit/privileges.ts'
import type { Estate, FoundPoint, Held, Job, ResourceKind, RunContext, RunResult } from './driver.ts'

/** Thrown where a test lets the process "die": no catch block of a driver may take it for an error of its own. */
export class Death extends Error {
  override readonly name = 'Death'
}

/** What survives a process: the undo journal, the checkpoint, the memory. Shared by the contexts of successive runs. */
export class TestWorld {
  readonly journal: { kind: ResourceKind<JsonValue, unknown>; data: JsonValue }[] = []
  readonly logLines: { level: LogLevel; message: string; fields: Record<string, JsonValue> }[] = []
  checkpoint: JsonValue = null
  remembered: JsonValue = null
  /** Values by the name that a reference gives: of a stored secret, a variable or a file. */
  readonly secrets = new Map<string, string>()
  /** Every secret that was asked for, and where it was to be sent. */
  estate: Estate = { installationId: 'installation', nodes: [], vaults: [], jobs: [], assets: [] }
  readonly secretsSent: { name: string; destination: string | null }[] = []

  /** A run ended well: as the engine does it, the checkpoint is gone, and what the run asked to remember is there. */
  end(result: RunResult): void {
    this.checkpoint = null
    if (result.remember !== undefined) this.remembered = JSON.parse(JSON.stringify(result.remember))
  }

  async secret(reference: SecretReference, destination: string | null): Promise<string> {
    const [name = ''] = Object.values(reference)
    this.secretsSent.push({ name, destination })
    const value = this.secrets.get(name)
    if (value !== undefined) return value
    throw new HoldfastError('secret-unavailable', `the test keeps no secret "${name}"`)
  }

  /** Undoes what a dead run held, from its data alone, as the engine does at the next start. */
  async releaseJournal(): Promise<void> {
    for (const entry of this.journal.splice(0).reverse()) {
      const data = entry.kind.data.parse(JSON.parse(JSON.stringify(entry.data)))
      await entry.kind.release(data, { log: this.log })
    }
  }

  readonly log = {
    write: (level: LogLevel, message: string, fields: Record<string, JsonValue> = {}) => {
      this.logLines.push({ level, message, fields })
    },
    debug: (message: string, fields?: Record<string, JsonValue>) => this.log.write('debug', message, fields),
    info: (message: string, fields?: Record<string, JsonValue>) => this.log.write('info', message, fields),
    warn: (message: string, fields?: Record<string, JsonValue>) => this.log.write('warning', message, fields),
    error: (message: string, fields?: Record<string, JsonValue>) => this.log.write('error', message, fields),
  }
}

export interface TestContextOptions {
  /** The process dies after this many steps have been done; 0 lets it die before the first. */
  readonly dieAfterSteps?: number
  /** The signal fires when the step of this number (from 0) begins. */
  readonly cancelAtStep?: number
  /** The signal fires at the first word of progress. */
  readonly cancelOnProgress?: boolean
  readonly knownPoints?: readonly RestorePoint[]
  readonly now?: () => Date
}

/** A run context in memory. Resources of a run that died stay taken, only its descriptors are closed. */
export class TestContext<Config> implements RunContext<Config> {
  readonly runId = newId('run')
  readonly job: Job<Config>
  readonly knownPoints: readonly RestorePoint[]
  readonly privileges = privilegesOfProcess('self')
  readonly steps: string[] = []
  /** In English. */
  readonly warnings: string[] = []
  /** Every warning as it was said. */
  readonly said: Phrase[] = []
  readonly progressReports: RunProgress[] = []
  readonly now: () => Date
  readonly world: TestWorld
  readonly #options: TestContextOptions
  readonly #controller = new AbortController()
  readonly #handles: unknown[] = []
  #isDead = false

  constructor(job: Job<Config>, world: TestWorld, options: TestContextOptions = {}) {
    this.job = job
    this.world = world
    this.#options = options
    this.now = options.now ?? (() => new Date())
    this.knownPoints = options.knownPoints ?? []
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get log() {
    return this.world.log
  }

  get checkpoint(): JsonValue {
    return this.world.checkpoint
  }

  get remembered(): JsonValue {
    return this.world.remembered
  }

  secret(reference: SecretReference, destination: string | null): Promise<string> {
    return this.world.secret(reference, destination)
  }

  async estate(): Promise<Estate> {
    return this.world.estate
  }

  cancel(): void {
    this.#controller.abort(new HoldfastError('run-canceled', 'the test canceled the run'))
  }

  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.#options.dieAfterSteps === this.steps.length) await this.#die()
    this.#refuseDead()
    if (this.#options.cancelAtStep === this.steps.length) this.cancel()
    this.steps.push(name)
    const result = await work()
    if (this.#options.dieAfterSteps === this.steps.length) await this.#die()
    return result
  }

  async acquire<Data extends JsonValue, Handle>(
    kind: ResourceKind<Data, Handle>,
    data: Data,
  ): Promise<Held<Handle>> {
    this.#refuseDead()
    // The journal parses the data by the kind's own schema before it is used again.
    const entry = { kind: kind as unknown as ResourceKind<JsonValue, unknown>, data: kind.data.parse(data) }
    this.world.journal.push(entry)
    const { signal, log } = this
    const handle = await kind.acquire(data, { signal, log }).catch((error: unknown) => {
      this.world.journal.splice(this.world.journal.indexOf(entry), 1)
      throw error
    })
    this.#handles.push(handle)
    const release = async (): Promise<void> => {
      if (this.#isDead || !this.world.journal.includes(entry)) return
      await kind.release(data, { log, handle })
      this.world.journal.splice(this.world.journal.indexOf(entry), 1)
    }
    return { handle, release, [Symbol.asyncDispose]: release }
  }

  progress(progress: RunProgress): void {
    this.progressReports.push(progress)
    if (this.#options.cancelOnProgress) this.cancel()
  }

  async saveCheckpoint(state: JsonValue): Promise<void> {
    this.#refuseDead()
    this.world.checkpoint = state
  }

  warn(warning: Phrase): void {
    this.said.push(warning)
    this.warnings.push(phraseText(warning))
  }

  newPointId(): string {
    return newId('restorePoint')
  }

  #refuseDead(): void {
    if (this.#isDead) throw new Death('the process is dead')
  }

  /** The kernel closes the descriptors of a dead process; a handle that has some says how with `abandon`. */
  async #die(): Promise<never> {
    this.#isDead = true
    for (const handle of this.#handles) {
      if (typeof handle === 'object' && handle !== null && 'abandon' in handle) {
        await (handle as { abandon: () => Promise<void> }).abandon()
      }
    }
    throw new Death('the process died here')
  }
}

/** The point as the catalog would know it. */
export function asRestorePoint(found: FoundPoint): RestorePoint {
  const { format: _format, ...facts } = found.manifest
  return { ...facts, ...found.marks, location: found.location, confirmedAt: found.manifest.finishedAt }
}
