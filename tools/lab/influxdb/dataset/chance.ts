/** The same numbers for the same name, on every machine (mulberry32). */
export class Chance {
  #state: number

  constructor(name: string) {
    this.#state = 0x9e3779b9
    for (const character of name)
      this.#state = Math.imul(this.#state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  pick<T>(values: readonly T[]): T {
    return at(values, this.below(values.length))
  }

  /** Roughly a bell curve. */
  around(middle: number, spread: number): number {
    return middle + spread * (this.next() + this.next() + this.next() + this.next() - 2) * 1.7
  }
}

/** Of a list that is not empty, begun anew at its end. */
export function at<T>(values: readonly T[], index: number): T {
  const [value] = values.slice(index % values.length)
  if (value === undefined) throw new Error('the list is empty')
  return value
}
