import { setTimeout } from 'node:timers/promises'

/** Throws what the signal was fired with. */
export async function rest(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await setTimeout(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
}

/** Spreads points over time: whoever is ahead of the rate waits. */
export class Pace {
  readonly #pointsPerSecond: number | undefined
  /** When all that was let through so far is due. */
  #dueAt = performance.now()

  constructor(pointsPerSecond: number | undefined) {
    this.#pointsPerSecond = pointsPerSecond
  }

  async pass(points: number, signal: AbortSignal): Promise<void> {
    if (this.#pointsPerSecond === undefined) return
    const now = performance.now()
    const waitMs = this.#dueAt - now
    this.#dueAt = Math.max(this.#dueAt, now) + (points / this.#pointsPerSecond) * 1000
    await rest(waitMs, signal)
  }
}
