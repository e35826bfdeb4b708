import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Lets those who ask the same thing at the same time share one reading of it. Nobody gets what was read before they
 * asked: whoever asks while a reading is under way waits for the next one, together with all who ask meanwhile. So a
 * reading that begins after a write always tells of it.
 */
export class SharedReads {
  /** Not begun yet: whoever asks may still join. */
  readonly #gathering = new Map<string, Promise<unknown>>()
  readonly #underWay = new Map<string, Promise<unknown>>()

  /**
   * @param key everything that decides what `read` finds, who may see it above all. The caller warrants that; two
   *   readings with the same key are the same reading.
   */
  share<T>(key: string, read: () => Promise<T>): Promise<T> {
    const joined = this.#gathering.get(key)
    if (joined) return joined as Promise<T>
    const gathered = this.#begin(key, read)
    this.#gathering.set(key, gathered)
    return gathered
  }

  async #begin<T>(key: string, read: () => Promise<T>): Promise<T> {
    // Without one under way, the requests that the same turn of the event loop brings still join.
    await (this.#underWay.get(key)?.catch(() => {}) ?? nextTurn())
    this.#gathering.delete(key)
    const reading = read()
    this.#underWay.set(key, reading)
    try {
      return await reading
    } finally {
      if (this.#underWay.get(key) === reading) this.#underWay.delete(key)
    }
  }
}
