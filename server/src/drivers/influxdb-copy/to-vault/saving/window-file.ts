import { createHash } from 'node:crypto'
import { createWriteStream, type WriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import { TEMPORARY_SUFFIX } from '../../../../clients/disks/durable-file.ts'

/** Three times as fast as the level that gzip takes by itself, for a tenth more room. */
const LEVEL = 2

export interface Written {
  readonly sha256: string
  readonly bytes: number
  readonly textBytes: number
}

/** The file of a window while it is written, under a name of its own; packed and hashed on the way. */
export class WindowFile {
  readonly temporary: string
  readonly #path: string
  readonly #gzip: Gzip = createGzip({ level: LEVEL })
  readonly #hash = createHash('sha256')
  readonly #file: WriteStream
  readonly #done: Promise<void>
  #failure: { error: unknown } | null = null
  #bytes = 0
  #textBytes = 0

  /** Its folder must be there. */
  constructor(path: string) {
    this.#path = path
    this.temporary = path + TEMPORARY_SUFFIX
    // An earlier attempt may have left one of this name; a link in its place is not followed.
    this.#file = createWriteStream(this.temporary, { flags: 'wx', mode: 0o644 })
    const measure = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#hash.update(chunk)
        this.#bytes += chunk.length
        done(null, chunk)
      },
    })
    this.#done = pipeline(this.#gzip, measure, this.#file)
    this.#done.catch((error: unknown) => {
      this.#failure = { error }
    })
  }

  /** Once it is back the bytes have been taken in and may be used anew. */
  async write(text: Buffer): Promise<void> {
    this.#throwFailure()
    this.#textBytes += text.length
    await new Promise<void>((resolve, reject) => {
      this.#gzip.write(text, (error) => (error ? reject(this.#failure?.error ?? error) : resolve()))
    })
    this.#throwFailure()
  }

  async close(): Promise<Written> {
    this.#throwFailure()
    this.#gzip.end()
    await this.#done
    return { sha256: this.#hash.digest('hex'), bytes: this.#bytes, textBytes: this.#textBytes }
  }

  /** Gives the closed file its name. */
  async keep(): Promise<void> {
    await rename(this.temporary, this.#path)
  }

  async discard(): Promise<void> {
    this.#gzip.destroy()
    this.#file.destroy()
    await this.#done.catch(() => {})
    await rm(this.temporary, { force: true })
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error
  }
}
