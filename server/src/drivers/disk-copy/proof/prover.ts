import { Worker } from 'node:worker_threads'
import { HoldfastError } from '@holdfast/contract'
import { type BytePath, toBytePath } from '../../../clients/disks/byte-path.ts'
import { canceledError, throwIfCanceled } from '../../../kit/exec.ts'
import type { BuildProgress, BuildRequest, BuildResult } from './build.ts'
import type { CompareRequest, CompareResult } from './compare.ts'
import type { PartRequest, WeedRequest, WeedResult } from './weed.ts'
import type { ProofAnswer, ProofRequest } from './worker.ts'

/** How long names are gathered before they are sent: by then rsync has given the files their final names. */
const GATHER_MS = 100

const YOUNG_MB = 12

/** The near side of the proof thread. One job at a time; disposing it ends the thread, whatever it does. */
export class Prover implements AsyncDisposable {
  #worker: Worker | null = null
  readonly #signal: AbortSignal
  readonly #root: string
  #gathered: string[] = []
  #timer: NodeJS.Timeout | null = null
  #failure: unknown = null
  #hasEnded = false

  /** `directory` is that of the restore point whose `data` is hashed early. */
  constructor(directory: string, signal: AbortSignal) {
    this.#signal = signal
    this.#root = toBytePath(`${directory}/data`)
  }

  /** Begun with the first job: a run that has none for it starts no thread. */
  #thread(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: 'holdfast-proof',
      // It makes much that is soon forgotten. Left alone, Node lets that grow with the memory of the machine.
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    })
    // Nobody may be waiting when the thread fails to start: whoever asks later must not wait for an exit that has been.
    worker.on('error', (cause) => {
      this.#failure = cause
    })
    worker.once('exit', () => {
      this.#hasEnded = true
    })
    this.#worker = worker
    return worker
  }

  /** Begins the thread before it is needed. */
  standBy(): void {
    this.#thread()
  }

  /** Hashes a file that the copy has just finished, and looks at its attributes, while the copy goes on. */
  hashEarly(path: BytePath): void {
    this.#gathered.push(path)
    this.#timer ??= setTimeout(() => this.#send(), GATHER_MS)
  }

  build(request: BuildRequest, onProgress: (progress: BuildProgress) => void): Promise<BuildResult> {
    this.#send()
    return this.#ask({ type: 'build', request }, (answer) => {
      if (answer.type === 'progress' && 'itemCount' in answer.progress) onProgress(answer.progress)
      return answer.type === 'built' ? answer.result : null
    })
  }

  compare(request: CompareRequest, onProgress: (progress: CompareResult) => void): Promise<CompareResult> {
    return this.#ask({ type: 'compare', request }, (answer) => {
      if (answer.type === 'progress' && 'checkedItems' in answer.progress) onProgress(answer.progress)
      return answer.type === 'compared' ? answer.result : null
    })
  }

  weed(request: WeedRequest, onProgress: (progress: WeedResult) => void): Promise<WeedResult> {
    return this.#ask({ type: 'weed', request }, (answer) => {
      if (answer.type === 'progress' && 'comparedFiles' in answer.progress) onProgress(answer.progress)
      return answer.type === 'weeded' ? answer.result : null
    })
  }

  part(request: PartRequest): Promise<WeedResult> {
    return this.#ask({ type: 'part', request }, (answer) => (answer.type === 'weeded' ? answer.result : null))
  }

  #send(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#gathered.length === 0) return
    this.#post({ type: 'look', root: this.#root, paths: this.#gathered })
    this.#gathered = []
  }

  #post(message: ProofRequest): void {
    this.#thread().postMessage(message)
  }

  async #ask<Result>(message: ProofRequest, pick: (answer: ProofAnswer) => Result | null): Promise<Result> {
    throwIfCanceled(this.#signal)
    if (this.#hasEnded) {
      const cause = this.#failure
      throw new HoldfastError('invariant-broken', 'the proof thread ended early', { cause })
    }
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    const onMessage = (answer: ProofAnswer) => {
      if (answer.type === 'failed') reject(proofError(answer))
      const result = pick(answer)
      if (result !== null) resolve(result)
    }
    const onExit = () => reject(new HoldfastError('invariant-broken', 'the proof thread ended early'))
    const onError = (cause: unknown) =>
      reject(new HoldfastError('invariant-broken', 'the proof thread failed', { cause }))
    const onAbort = () => reject(canceledError(this.#signal))
    const worker = this.#thread()
    worker.on('message', onMessage).once('exit', onExit).once('error', onError)
    this.#signal.addEventListener('abort', onAbort, { once: true })
    this.#post(message)
    return promise.finally(() => {
      worker.off('message', onMessage).off('exit', onExit).off('error', onError)
      this.#signal.removeEventListener('abort', onAbort)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    await this.#worker?.terminate()
  }
}

function proofError(answer: { code: string | null; message: string }): HoldfastError {
  const details = { errno: answer.code }
  switch (answer.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new HoldfastError('vault-full', 'no room for the listings of the restore point', { details })
    case 'EIO':
    case 'EROFS':
      return new HoldfastError('write-failed', 'the disk failed while the copy was listed', { details })
    case 'EACCES':
    case 'EPERM':
      return new HoldfastError('permission-denied', 'a file of the copy may not be read', { details })
    default:
      return new HoldfastError('invariant-broken', answer.message, { details })
  }
}
