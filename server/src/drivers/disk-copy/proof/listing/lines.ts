import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, writeSync } from 'node:fs'

const CHUNK_BYTES = 1024 * 1024

/** Lines of a file as bytes in a string (latin1), without their LF. A last line without LF counts. */
export function* readLines(path: string): Generator<string> {
  const fd = openSync(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    let rest = ''
    for (;;) {
      const length = readSync(fd, buffer)
      if (length === 0) break
      const lines = (rest + buffer.toString('latin1', 0, length)).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    if (rest !== '') yield rest
  } finally {
    closeSync(fd)
  }
}

/** Writes lines of bytes and hashes what it writes. */
export class LineWriter implements Disposable {
  readonly #fd: number
  readonly #hash = createHash('sha256')
  #pending = ''

  constructor(path: string) {
    this.#fd = openSync(path, 'w', 0o644)
  }

  write(line: string): void {
    this.#pending += `${line}\n`
    if (this.#pending.length >= CHUNK_BYTES) this.#flush()
  }

  /** SHA-256 of everything written, in hex. Nothing may be written after it. */
  finish(): string {
    this.#flush()
    return this.#hash.digest('hex')
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending, 'latin1')
    this.#pending = ''
    this.#hash.update(bytes)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at)
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd)
  }
}
