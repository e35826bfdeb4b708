import { HoldfastError } from '@holdfast/contract'

const LOOKS = 10

/** Ends what is going on when `signal` fires, or when nothing has moved for too long. */
export class Limits implements Disposable {
  readonly signal: AbortSignal
  readonly #idle = new AbortController()
  readonly #timer: NodeJS.Timeout
  #movedAt = performance.now()

  /** `whose`: named in the error, `node-unreachable`, when nothing has moved for `idleMs`. */
  constructor(signal: AbortSignal, idleMs: number, whose: string) {
    this.signal = AbortSignal.any([signal, this.#idle.signal])
    this.#timer = setInterval(
      () => {
        if (performance.now() - this.#movedAt < idleMs) return
        const message = `${whose}: nothing has moved for ${Math.round(idleMs / 100) / 10} seconds`
        this.#idle.abort(new HoldfastError('node-unreachable', message))
      },
      Math.max(1, idleMs / LOOKS),
    )
  }

  /** Something has moved. */
  moved(): void {
    this.#movedAt = performance.now()
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}
