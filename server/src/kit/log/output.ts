/** Somewhere the log goes beside standard error. Nothing it does may throw, block or wait: the log is not the work. */
export interface LogOutput {
  /** One JSON line with its line feed, secrets masked already. */
  write(line: string): void
  /** The process is going down now: what can still be saved without waiting is saved. */
  saveNow(): void
  /** Delivers what waits, for a few seconds at most. */
  close(): Promise<void>
}

/** Called with why an output does not work, in words for standard error. */
export type OnTrouble = (message: string) => void

/** Lines that wait, up to a number of characters; the oldest ones give way. */
export class LineBuffer {
  readonly #most: number
  #lines: string[] = []
  /** Lines before this one are gone: taking them out of the array one by one would move all others each time. */
  #first = 0
  #length = 0
  #dropped = 0

  constructor(mostCharacters: number) {
    this.#most = mostCharacters
  }

  get isEmpty(): boolean {
    return this.#first === this.#lines.length
  }

  push(line: string): void {
    this.#lines.push(line)
    this.#length += line.length
    while (this.#length > this.#most && this.#first < this.#lines.length - 1) {
      this.#shift()
      this.#dropped += 1
    }
    if (this.#first > 1000 && this.#first > this.#lines.length / 2) {
      this.#lines = this.#lines.slice(this.#first)
      this.#first = 0
    }
  }

  /** Takes the oldest lines, up to a number of characters but at least one. */
  take(characters: number): string[] {
    const taken: string[] = []
    let length = 0
    while (!this.isEmpty) {
      const next = this.#lines[this.#first]?.length ?? 0
      if (taken.length > 0 && length + next > characters) break
      length += next
      taken.push(this.#shift())
    }
    return taken
  }

  /** How many lines were given up since the last call. */
  droppedSince(): number {
    const dropped = this.#dropped
    this.#dropped = 0
    return dropped
  }

  #shift(): string {
    const line = this.#lines[this.#first] ?? ''
    this.#lines[this.#first] = ''
    this.#first += 1
    this.#length -= line.length
    return line
  }
}
