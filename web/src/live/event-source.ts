import { backOffMs } from './back-off.ts'

interface EventsOptions {
  /** Address for the next connection: may say where to go on. */
  url(): string
  /** Names of the events to receive. */
  events: readonly string[]
  receive(event: string, data: unknown, id: string): void
  connected?(isAgain: boolean): void
  /** The connection broke, or could not be made. Told for every failure. */
  lost?(failures: number): void
}

/**
 * Server-sent events that come back by themselves. The browser's own EventSource gives up for good when the server
 * answers with an error, as it does while it restarts behind a proxy. Returns what closes it.
 */
export function openEvents(options: EventsOptions): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let wasConnected = false

  const connect = () => {
    source = new EventSource(options.url())
    source.onopen = () => {
      failures = 0
      options.connected?.(wasConnected)
      wasConnected = true
    }
    for (const event of options.events)
      source.addEventListener(event, (message) => {
        if (message instanceof MessageEvent)
          options.receive(event, JSON.parse(message.data as string), message.lastEventId)
      })
    source.onerror = () => {
      source?.close()
      failures += 1
      options.lost?.(failures)
      timer = setTimeout(connect, backOffMs(failures))
    }
  }
  // Who comes back to a sleeping tab does not want to wait for the next try.
  const wake = () => {
    if (document.visibilityState !== 'visible' || source?.readyState !== EventSource.CLOSED) return
    clearTimeout(timer)
    connect()
  }
  document.addEventListener('visibilitychange', wake)
  addEventListener('online', wake)
  connect()
  return () => {
    clearTimeout(timer)
    source?.close()
    document.removeEventListener('visibilitychange', wake)
    removeEventListener('online', wake)
  }
}
