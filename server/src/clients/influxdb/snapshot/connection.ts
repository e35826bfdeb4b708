import { once } from 'node:events'
import net from 'node:net'
import { HoldfastError } from '@holdfast/contract'
import type { Limits } from './limits.ts'

export interface SnapshotAddress {
  readonly host: string
  readonly port: number
}

export function nameOf({ host, port }: SnapshotAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/**
 * A connection for one request. Cut at once when the signal of `limits` fires, whose reason is then thrown; when it breaks
 * `node-unreachable` is thrown.
 */
export class SnapshotConnection implements Disposable {
  readonly #socket: net.Socket
  readonly #address: SnapshotAddress
  readonly #limits: Limits
  readonly #cut = () => this.reset()
  #failure: Error | null = null
  #hasEnded = false
  #wake: (() => void) | null = null

  private constructor(address: SnapshotAddress, limits: Limits) {
    this.#address = address
    this.#limits = limits
    this.#socket = net.connect({ ...address, noDelay: true, allowHalfOpen: true })
    limits.signal.addEventListener('abort', this.#cut)
    this.#socket.on('error', (error) => {
      this.#failure ??= error
    })
    this.#socket.on('end', () => {
      this.#hasEnded = true
    })
    for (const event of ['drain', 'end', 'close']) this.#socket.on(event, () => this.#wakeUp())
  }

  static async open(address: SnapshotAddress, limits: Limits): Promise<SnapshotConnection> {
    limits.signal.throwIfAborted()
    const connection = new SnapshotConnection(address, limits)
    try {
      await once(connection.#socket, 'connect', { signal: limits.signal })
      return connection
    } catch (error) {
      connection[Symbol.dispose]()
      throw connection.#broken(error)
    }
  }

  /** What the server sends, until it has ended well. The next chunk is read when the last was dealt with. */
  async *received(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.#socket) {
        this.#limits.moved()
        yield chunk
      }
    } catch (error) {
      throw this.#broken(error)
    }
    if (this.#failure || this.#limits.signal.aborted) throw this.#broken(this.#failure)
  }

  /** Sends, and waits as long as the server does not take it. Throws where the server has ended the connection. */
  async send(bytes: Buffer): Promise<void> {
    this.#throwIfOver()
    const isTaken = this.#socket.write(bytes)
    this.#limits.moved()
    while (!isTaken && this.#socket.writableNeedDrain) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#throwIfOver()
      this.#limits.moved()
    }
  }

  /** The server sends nothing from now on; what it says is how it ends the connection. Before {@link send}. */
  listen(): void {
    this.#socket.resume()
  }

  /** Waits until the server has ended the connection, and well. */
  async ended(): Promise<void> {
    while (!this.#hasEnded && !this.#socket.closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    if (this.#failure || !this.#hasEnded) throw this.#broken(this.#failure)
  }

  /**
   * Cuts it so that the server takes it for broken: after an ordinary end between two files of an archive it would take what
   * it has got for the whole.
   */
  reset(): void {
    this.#socket.resetAndDestroy()
  }

  [Symbol.dispose](): void {
    this.#limits.signal.removeEventListener('abort', this.#cut)
    this.#socket.destroy()
  }

  #wakeUp(): void {
    const wake = this.#wake
    this.#wake = null
    wake?.()
  }

  #throwIfOver(): void {
    if (this.#hasEnded || this.#failure || this.#socket.destroyed) throw this.#broken(this.#failure)
  }

  /** The reason of the signal comes first: it is why the connection was cut. */
  #broken(cause: unknown): unknown {
    if (this.#limits.signal.aborted) return this.#limits.signal.reason
    const code = (cause as NodeJS.ErrnoException | null)?.code
    const name = nameOf(this.#address)
    const message =
      this.#socket.bytesRead + this.#socket.bytesWritten > 0
        ? `the snapshot port ${name} broke the connection off${code ? ` (${code})` : ''}`
        : `the snapshot port ${name} cannot be reached${code ? ` (${code})` : ''}`
    return new HoldfastError('node-unreachable', message, { cause })
  }
}
