import { createHash } from 'node:crypto'
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { toBytePath } from '../../../../clients/disks/byte-path.ts'
import { openFile } from '../open-file.ts'

const CHUNK_BYTES = 1024 * 1024
/** Two paths with every byte escaped are far shorter. */
const MAX_LINE_BYTES = CHUNK_BYTES

/**
 * Lines of a file as bytes in a string (latin1), without their LF. A last line without LF counts. Throws the errors of
 * open(2), `ENOTSUP` for what is no regular file, and `EFBIG` for a line that no listing has.
 */
export function* readLines(path: string): Generator<string> {
  const fd = openFile(toBytePath(path))
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    let rest = ''
    for (;;) {
      const length = readSync(fd, buffer)
      if (length === 0) break
      const lines = (rest + buffer.toString('latin1', 0, length)).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > MAX_LINE_BYTES) throw Object.assign(new Error('a line has no end'), { code: 'EFBIG' })
      yield* lines
    }
    if (rest !== '') yield rest
  } finally {
    closeSync(fd)
  }
}

const TO_WRITE = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW

/** Writes lines of bytes and hashes what it writes. */
export class LineWriter implements Disposable {
  readonly #fd: number
  readonly #hash = createHash('sha256')
  #pending = ''

  constructor(path: string) {
    this.#fd = openSync(path, TO_WRITE, 0o644)
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
