import type { ChangeEvent, RunEventMessage } from '@holdfast/contract'
import { backOffMs } from './back-off.ts'
import { pageSight, type Sight } from './sight.ts'

/** The part of an EventSource that is used. */
export type Source = Pick<EventSource, 'addEventListener' | 'close' | 'onerror' | 'onopen'>

interface Watcher {
  change(change: ChangeEvent): void
  /** With `isAgain`, nobody knows what was missed meanwhile. */
  connected(isAgain: boolean): void
  /** The connection broke, or could not be made. Told for every failure. */
  lost(): void
}

interface FollowedRun {
  ref: string
  /** Position of the last log line that is known. */
  position(): number
  receive(message: RunEventMessage): void
}

interface Connection {
  source: Source
  /** Null once the run has ended: what is left on the stream are changes, as on any other. */
  run: FollowedRun | null
}

const RUN_EVENTS = ['run', 'steps', 'log', 'end'] satisfies RunEventMessage['event'][]

/**
 * The one live connection of this page: what changes anywhere, and the run that is looked at. It is closed while the page
 * is out of sight, and comes back by itself; the browser's own EventSource gives up for good when the server answers with
 * an error, as it does while it restarts behind a proxy.
 */
export class LiveStream {
  readonly #sight: Sight
  readonly #connect: (url: string) => Source
  #watcher: Watcher | null = null
  #run: FollowedRun | null = null
  #current: Connection | null = null
  /** Takes the place of the current one when it is open, so that nothing is missed in between. */
  #next: Connection | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #wasConnected = false
  #isSyncing = false

  constructor(connect: (url: string) => Source = (url) => new EventSource(url), sight: Sight = pageSight) {
    this.#connect = connect
    this.#sight = sight
  }

  /** Opens the connection until what it returns is called. */
  watch(watcher: Watcher): () => void {
    this.#watcher = watcher
    const leave = this.#sight.watch(() => {
      // Who comes back does not want to wait for the next try.
      clearTimeout(this.#retry)
      this.#retry = undefined
      this.#sync()
    })
    this.#syncSoon()
    return () => {
      leave()
      this.#watcher = null
      this.#wasConnected = false
      this.#sync()
    }
  }

  /** Tells of one run as well, until it has ended or what it returns is called. */
  follow(run: FollowedRun): () => void {
    this.#run = run
    this.#syncSoon()
    return () => {
      if (this.#run === run) this.#run = null
      this.#syncSoon()
    }
  }

  /** From one page to the next a run is left and another one followed in the same moment. */
  #syncSoon(): void {
    if (this.#isSyncing) return
    this.#isSyncing = true
    queueMicrotask(() => {
      this.#isSyncing = false
      this.#sync()
    })
  }

  #sync(): void {
    if (this.#watcher === null || !this.#sight.isShown()) this.#closeAll()
    else if (this.#retry === undefined && (this.#next ?? this.#current)?.run !== this.#run) this.#open()
  }

  #closeAll(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#current?.source.close()
    this.#next?.source.close()
    this.#current = null
    this.#next = null
  }

  #open(): void {
    this.#next?.source.close()
    const run = this.#run
    const connection: Connection = { source: this.#connect(addressOf(run)), run }
    const { source } = connection
    this.#next = connection
    source.onopen = () => {
      const isAgain = this.#wasConnected && this.#current === null
      this.#current?.source.close()
      this.#current = connection
      this.#next = null
      this.#failures = 0
      this.#wasConnected = true
      this.#watcher?.connected(isAgain)
    }
    source.onerror = () => {
      this.#closeAll()
      this.#failures += 1
      this.#retry = setTimeout(() => {
        this.#retry = undefined
        this.#sync()
      }, backOffMs(this.#failures))
      this.#watcher?.lost()
    }
    source.addEventListener('change', ({ data }: MessageEvent<string>) =>
      this.#watcher?.change(JSON.parse(data) as ChangeEvent),
    )
    if (run) for (const event of RUN_EVENTS) this.#pass(connection, run, event)
  }

  #pass(connection: Connection, run: FollowedRun, event: RunEventMessage['event']): void {
    connection.source.addEventListener(event, ({ data }: MessageEvent<string>) => {
      if (this.#run !== run) return
      if (event === 'end') {
        connection.run = null
        this.#run = null
      }
      run.receive({ event, data: JSON.parse(data) } as RunEventMessage)
    })
  }
}

/** The connection that all parts of the page share. */
export const liveStream = new LiveStream()

function addressOf(run: FollowedRun | null): string {
  if (run === null) return '/api/events'
  return `/api/runs/${encodeURIComponent(run.ref)}/events?changes=true&after=${run.position()}`
}
