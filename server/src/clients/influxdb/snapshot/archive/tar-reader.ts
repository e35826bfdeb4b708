import { BLOCK, paddingAfter, parseExtension, parseHeader, type TarHeader } from './tar-header.ts'

/** What an archive holds, in its order. */
export interface TarHandler {
  /** A file begins; `size` bytes of data follow. The path is latin1, one character for a byte. */
  file(path: string, size: number): void
  /** Data of that file, a part of the chunk that was pushed. */
  data(bytes: Buffer): void
}

type State = 'header' | 'extension' | 'data' | 'padding' | 'ended'

/**
 * Reads an archive as the `archive/tar` of Go writes it (ustar, long paths in PAX extensions), whatever way it is cut into
 * chunks, and holds no more than a header of it. Throws RangeError at anything else, and for a file that is no regular one.
 */
export class TarReader {
  readonly #handler: TarHandler
  readonly #block = Buffer.alloc(BLOCK)
  #filled = 0
  #state: State = 'header'
  /** Bytes still to come in the state it is in. */
  #left = 0
  #padding = 0
  #extension = Buffer.alloc(0)
  #extensionFilled = 0
  #records: Map<string, string> | null = null
  #zeroBlocks = 0

  constructor(handler: TarHandler) {
    this.#handler = handler
  }

  push(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) at += this.#take(chunk.subarray(at))
  }

  /** Whether the end of the archive has been seen; it is cut off where nothing more comes before that. */
  get isComplete(): boolean {
    return this.#state === 'ended'
  }

  /** Takes what belongs to the state it is in from the front of `rest`; returns how many bytes that were. */
  #take(rest: Buffer): number {
    if (this.#state === 'ended') throw new RangeError('something follows after its end')
    if (this.#state === 'header') return this.#takeHeader(rest)
    const bytes = rest.subarray(0, this.#left)
    this.#left -= bytes.length
    if (this.#state === 'data') this.#handler.data(bytes)
    else if (this.#state === 'extension')
      this.#extensionFilled += bytes.copy(this.#extension, this.#extensionFilled)
    if (this.#left === 0) this.#next()
    return bytes.length
  }

  #takeHeader(rest: Buffer): number {
    const taken = rest.copy(this.#block, this.#filled, 0)
    this.#filled += taken
    if (this.#filled < BLOCK) return taken
    this.#filled = 0
    if (this.#block.every((byte) => byte === 0)) this.#zeroBlock()
    else if (this.#zeroBlocks > 0) throw new RangeError('a block of zeros stands between two files')
    else this.#begin(parseHeader(this.#block))
    return taken
  }

  #zeroBlock(): void {
    if (this.#records) throw new RangeError('nothing follows on the extension of a header')
    this.#zeroBlocks += 1
    if (this.#zeroBlocks === 2) this.#state = 'ended'
  }

  #begin(header: TarHeader): void {
    this.#padding = paddingAfter(header.size)
    this.#left = header.size
    if (header.type === 'extension') {
      if (this.#records) throw new RangeError('an extension follows on another')
      this.#extension = Buffer.alloc(header.size)
      this.#extensionFilled = 0
      this.#state = 'extension'
    } else {
      const records = this.#records
      this.#records = null
      if (records?.has('size')) throw new RangeError('a size stands in an extension')
      if (header.type === 'file') this.#handler.file(records?.get('path') ?? header.path, header.size)
      this.#state = 'data'
    }
    if (this.#left === 0) this.#next()
  }

  /** What the state it is in waited for is complete. */
  #next(): void {
    if (this.#state === 'extension') this.#records = parseExtension(this.#extension)
    const goesOnWithPadding = this.#state !== 'padding' && this.#padding > 0
    this.#state = goesOnWithPadding ? 'padding' : 'header'
    this.#left = goesOnWithPadding ? this.#padding : 0
  }
}
