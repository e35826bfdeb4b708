import type { ServerResponse } from 'node:http'

/** A reader with more than this unsent is cut off: it reconnects and goes on where it was. */
const MOST_UNSENT_BYTES = 1024 * 1024
/** A reader that takes nothing of what was sent for this long is gone, whatever its connection says. */
const STALLED_MS = 30_000

/** One message of a stream; `data` must not hold line feeds, as JSON does not. */
export function sseMessage(event: string, data: string, id?: number): string {
  return id === undefined
    ? `event: ${event}\ndata: ${data}\n\n`
    : `event: ${event}\nid: ${id}\ndata: ${data}\n\n`
}

/** Server-sent events over one response. Ends at most once, whoever ends it. */
export class SseStream {
  readonly #response: ServerResponse
  readonly #onEnd: () => void
  readonly #ended = new AbortController()

  /** Sends the headers at once, with those that hooks have set before. */
  constructor(
    response: ServerResponse,
    headers: Record<string, string | number | string[]>,
    onEnd: () => void,
  ) {
    this.#response = response
    this.#onEnd = onEnd
    response.on('close', () => this.#finish())
    response.on('error', () => this.#finish())
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would hold the events back until a buffer is full.
      'x-accel-buffering': 'no',
    })
    response.write('retry: 2000\n\n')
  }

  /** Aborted when the stream has ended, for those who wait on its behalf. */
  get signal(): AbortSignal {
    return this.#ended.signal
  }

  get isOpen(): boolean {
    return !this.#ended.signal.aborted
  }

  send(text: string): void {
    if (!this.isOpen) return
    if (this.#response.writableLength > MOST_UNSENT_BYTES) this.drop()
    else this.#response.write(text)
  }

  heartbeat(): void {
    this.send(': \n\n')
  }

  /** Returns when what was sent has left this process; a reader that takes nothing for too long is dropped. */
  async drained(): Promise<void> {
    if (!this.isOpen || !this.#response.writableNeedDrain) return
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(limit)
        this.#response.off('drain', done)
        this.signal.removeEventListener('abort', done)
        resolve()
      }
      const limit = setTimeout(() => this.drop(), STALLED_MS)
      limit.unref()
      this.#response.once('drain', done)
      this.signal.addEventListener('abort', done)
    })
  }

  /** Ends it after what was sent has been delivered. */
  end(): void {
    if (this.isOpen) this.#response.end()
    this.#finish()
  }

  /** Cuts the connection. */
  drop(): void {
    this.#response.destroy()
    this.#finish()
  }

  #finish(): void {
    if (!this.isOpen) return
    this.#ended.abort()
    this.#onEnd()
  }
}
