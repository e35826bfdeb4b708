import type { LineBatch } from '../../../clients/influxdb/transcode/line/line-buffer.ts'

export interface Place {
  readonly db: string
  readonly rp: string
  readonly signal: AbortSignal
}

/** Stores a batch. The bytes may be used anew once it has settled. */
export type Write = (lines: Buffer, place: Place) => Promise<void>

/**
 * The way of batches to a destination: a bounded number is on its way at once, whoever brings another waits for a turn.
 * That keeps memory flat, and readers no faster than the destination.
 */
export class WriteLane {
  readonly #destination: { readonly write: Write }
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(destination: { readonly write: Write }, limit: number) {
    this.#destination = destination
    this.#free = limit
  }

  begin(place: Place): WindowWrites {
    return new WindowWrites(this, place)
  }

  async turn(): Promise<void> {
    if (this.#free > 0) this.#free -= 1
    // Whoever is woken has the turn of the one that woke it.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  async send(batch: LineBatch, place: Place): Promise<void> {
    try {
      await this.#destination.write(batch.bytes, place)
    } finally {
      batch.release()
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }
}

/** The batches of one window. */
export class WindowWrites {
  readonly #lane: WriteLane
  readonly #place: Place
  readonly #pending = new Set<Promise<void>>()
  #failure: { error: unknown } | null = null
  #bytes = 0

  constructor(lane: WriteLane, place: Place) {
    this.#lane = lane
    this.#place = place
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Returns as soon as the batch is on its way. Throws what an earlier one has met. */
  async put(batch: LineBatch): Promise<void> {
    await this.#lane.turn()
    this.#bytes += batch.bytes.length
    const sent = this.#lane.send(batch, this.#place).catch((error: unknown) => {
      this.#failure ??= { error }
    })
    this.#pending.add(sent)
    void sent.then(() => this.#pending.delete(sent))
    this.#throwFailure()
  }

  /** Once it is done the destination has confirmed every batch. */
  async finish(): Promise<void> {
    await Promise.all(this.#pending)
    this.#throwFailure()
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error
  }
}
