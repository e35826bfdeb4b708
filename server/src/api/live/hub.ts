import type { ServerResponse } from 'node:http'
import { HoldfastError } from '@holdfast/contract'
import type { Logger } from '../../kit/log.ts'
import type { ChangeSource } from '../ports.ts'
import { ChangeFeed } from './change-feed.ts'
import { RunFeed, type RunReader } from './run-feed.ts'
import { SseStream } from './sse-stream.ts'

/** Open streams of one user. A browser holds a handful, even with many tabs. */
const MOST_OF_ONE_USER = 30
const MOST_IN_ALL = 2000
/** Heartbeats keep proxies from closing a quiet stream; with each, the right to it is checked again. */
const HEARTBEAT_MS = 15_000

/** Who opens a stream, and over what. */
export interface StreamRequest {
  response: ServerResponse
  headers: Record<string, string | number | string[]>
  userId: string
  /** Streams with the same key end together: the id of the session or token. */
  accessKey: string
  /** False once the session or token is no longer good, or allows less than it did. */
  isStillAllowed(): Promise<boolean>
}

export interface FollowedRun {
  runId: string
  /** Position of the last log line that is known; -1 for none. */
  after: number
  /** What changes elsewhere is told on the same stream, to somebody limited to these nodes; null nodes for all. */
  changes: { nodeIds: readonly string[] | null } | null
}

interface OpenStream {
  stream: SseStream
  request: StreamRequest
}

export interface HubOptions {
  changes: ChangeSource
  reader: RunReader
  log: Logger
  heartbeatMs?: number
}

/** All live streams of this process on one subscription to the changes. */
export class LiveHub implements AsyncDisposable {
  readonly #options: HubOptions
  readonly #streams = new Set<OpenStream>()
  /** Those that will be open in a moment: they count already, so that many at once cannot pass the limit. */
  readonly #reserved = new Set<StreamRequest>()
  readonly #runs = new Map<string, RunFeed>()
  readonly #changes = new ChangeFeed()
  readonly #timer: NodeJS.Timeout
  #subscription: Promise<AsyncDisposable> | null = null
  #isClosed = false

  constructor(options: HubOptions) {
    this.#options = options
    this.#timer = setInterval(() => void this.#beat(), options.heartbeatMs ?? HEARTBEAT_MS)
    this.#timer.unref()
  }

  /** Streams that are open now. */
  get size(): number {
    return this.#streams.size
  }

  /** Sends what changes, until the stream ends. Throws before anything is sent. */
  async followChanges(request: StreamRequest, nodeIds: readonly string[] | null): Promise<void> {
    await this.#begin(request, (stream) => this.#changes.add(stream, nodeIds))
  }

  /**
   * Follows a run from a position of its log, until either has ended. With `changes`, tells these as well and goes on with
   * them after the run's end: a browser has few connections, so a page needs but one. Throws before anything is sent.
   */
  async followRun(request: StreamRequest, followed: FollowedRun): Promise<void> {
    const { runId, after, changes } = followed
    await this.#begin(request, (stream) => {
      if (changes) this.#changes.add(stream, changes.nodeIds)
      void this.#feedOf(runId)
        .follow(stream, { after, endsStream: changes === null })
        .catch((error: unknown) => {
          // The browser comes back by itself, and is told what is wrong if it still is.
          this.#options.log.warn({ runId, reason: String(error) }, 'a live stream ended early')
          stream.end()
        })
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    for (const { stream } of this.#streams) stream.end()
    this.#changes.close()
    const subscription = await this.#subscription?.catch(() => null)
    await subscription?.[Symbol.asyncDispose]()
  }

  async #begin(request: StreamRequest, follow: (stream: SseStream) => void): Promise<void> {
    this.#requireRoom(request.userId)
    this.#reserved.add(request)
    try {
      await this.#subscribe()
      if (this.#isClosed) throw new HoldfastError('worker-stopping', 'the server is stopping')
      follow(this.#open(request))
    } finally {
      this.#reserved.delete(request)
    }
  }

  #requireRoom(userId: string): void {
    const all = [...this.#streams].map(({ request }) => request).concat([...this.#reserved])
    const own = all.filter((request) => request.userId === userId).length
    if (own >= MOST_OF_ONE_USER || all.length >= MOST_IN_ALL) {
      throw new HoldfastError('rate-limited', `${own} live streams of this user are open`, {
        hint: 'Close pages or programs that follow live events, then try again.',
      })
    }
  }

  /** With the first stream; tried again with the next one when it fails. */
  async #subscribe(): Promise<void> {
    this.#subscription ??= this.#options.changes.listen({
      change: (change) => {
        if (change.runId) this.#runs.get(change.runId)?.changed()
        this.#changes.changed(change)
      },
      missed: () => {
        for (const feed of this.#runs.values()) feed.changed()
        this.#changes.missed()
      },
    })
    try {
      await this.#subscription
    } catch (error) {
      this.#subscription = null
      throw error
    }
  }

  #open(request: StreamRequest): SseStream {
    const stream = new SseStream(request.response, request.headers, () => this.#streams.delete(open))
    const open: OpenStream = { stream, request }
    this.#streams.add(open)
    return stream
  }

  #feedOf(runId: string): RunFeed {
    const known = this.#runs.get(runId)
    if (known) return known
    const feed = new RunFeed(runId, this.#options.reader, () => {
      if (this.#runs.get(runId) === feed) this.#runs.delete(runId)
    })
    this.#runs.set(runId, feed)
    return feed
  }

  /** One question for all streams of a session. What cannot be found out is a no: the reader asks again by itself. */
  async #beat(): Promise<void> {
    const answers = new Map<string, Promise<boolean>>()
    const all = [...this.#streams].map(async ({ stream, request }) => {
      const answer = answers.get(request.accessKey) ?? request.isStillAllowed().catch(() => false)
      answers.set(request.accessKey, answer)
      if (await answer) stream.heartbeat()
      else stream.end()
    })
    await Promise.all(all)
  }
}
