import { useSyncExternalStore } from 'react'

const PERIOD_MS = 15_000

/** One clock for all who want the time as often, and only while somebody does. */
class Clock {
  #now = Date.now()
  #timer: ReturnType<typeof setInterval> | undefined
  readonly #periodMs: number
  readonly #listeners = new Set<() => void>()

  constructor(periodMs: number) {
    this.#periodMs = periodMs
  }

  readonly now = () => this.#now

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) {
      this.#now = Date.now()
      this.#timer = setInterval(() => {
        this.#now = Date.now()
        for (const tell of this.#listeners) tell()
      }, this.#periodMs)
    }
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) clearInterval(this.#timer)
    }
  }
}

const slow = new Clock(PERIOD_MS)
const fast = new Clock(1000)

/** The time in milliseconds: renders again every quarter of a minute, every second for what goes on. */
export function useNow(isGoingOn = false): number {
  const clock = isGoingOn ? fast : slow
  return useSyncExternalStore(clock.subscribe, clock.now)
}
