import type { HoldfastError } from '@holdfast/contract'

/** No row or line is as long as this: what claims to be is garbage, and would otherwise be waited for in memory. */
export const LONGEST_PIECE = 64 * 1024 * 1024

/**
 * Joins chunks that were split anywhere. A parser works on `bytes` from `at` to `end`; what it could not use because the
 * rest has not come yet it says by `keep`. Parsing is tried again only when what was missing has come and the kept bytes
 * have doubled at least: however small the chunks are, each byte is looked at a few times at most.
 */
export class ChunkJoiner {
  bytes: Buffer = Buffer.alloc(0)
  at = 0
  end = 0
  #kept: Buffer = Buffer.alloc(0)
  #keptBytes = 0
  #wanted = 0
  readonly #tooLong: () => HoldfastError

  /** `tooLong` makes the error for a piece that claims to be longer than any can be. */
  constructor(tooLong: () => HoldfastError) {
    this.#tooLong = tooLong
  }

  /** Takes the next chunk. False: nothing to parse yet. The chunk may be written over when the parser has returned. */
  push(chunk: Buffer): boolean {
    if (chunk.length === 0) return false
    if (this.#keptBytes === 0) return this.#show(chunk, chunk.length)
    const total = this.#keptBytes + chunk.length
    this.#growTo(total)
    chunk.copy(this.#kept, this.#keptBytes)
    this.#keptBytes = total
    return total >= this.#wanted && this.#show(this.#kept, total)
  }

  /** Keeps the bytes from `at` on; together `need` of them are wanted at least before the parser can go on. */
  keep(at: number, need: number): void {
    if (need > LONGEST_PIECE) throw this.#tooLong()
    const rest = this.end - at
    if (this.bytes === this.#kept) this.#kept.copyWithin(0, at, this.end)
    else {
      this.#growTo(rest)
      this.bytes.copy(this.#kept, 0, at, this.end)
    }
    this.#keptBytes = rest
    this.#wanted = Math.max(need, rest * 2)
  }

  /** Shows what is kept once more when nothing else will come. False: nothing is left. */
  last(): boolean {
    return this.#keptBytes > 0 && this.#show(this.#kept, this.#keptBytes)
  }

  #show(bytes: Buffer, end: number): boolean {
    this.bytes = bytes
    this.at = 0
    this.end = end
    return true
  }

  #growTo(size: number): void {
    if (size <= this.#kept.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(size, this.#kept.length * 2, 4096))
    this.#kept.copy(larger, 0, 0, this.#keptBytes)
    if (this.bytes === this.#kept) this.bytes = larger
    this.#kept = larger
  }
}
