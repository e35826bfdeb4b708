import type { ChangeEvent } from '@holdfast/contract'
import type { Change } from '../ports.ts'
import { type SseStream, sseMessage } from './sse-stream.ts'

/** Each thing is told of at most four times a second. */
const PAUSE_MS = 250

const TOPICS: readonly ChangeEvent['topic'][] = ['runs', 'objects', 'points', 'locks', 'workers']

interface Listener {
  stream: SseStream
  /** Nodes it is limited to; null for all. */
  nodeIds: ReadonlySet<string> | null
}

/** Hints of what changed, for everybody who has a page open: serialised once, whoever gets them. */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>()
  readonly #pauses = new Map<string, { timer: NodeJS.Timeout; again: (() => void) | null }>()

  add(stream: SseStream, nodeIds: readonly string[] | null): void {
    const listener = { stream, nodeIds: nodeIds && new Set(nodeIds) }
    this.#listeners.add(listener)
    stream.signal.addEventListener('abort', () => this.#listeners.delete(listener))
  }

  changed({ topic, runId, jobId, nodeId }: Change): void {
    if (this.#listeners.size === 0) return
    const text = messageOf({ topic, ...(runId ? { runId } : {}), ...(jobId ? { jobId } : {}) })
    this.#paced(`${topic} ${runId} ${jobId} ${nodeId}`, () =>
      this.#tell(text, ({ nodeIds }) => nodeIds === null || (nodeId !== undefined && nodeIds.has(nodeId))),
    )
    if (nodeId === undefined) this.#paced(topic, () => this.#tell(messageOf({ topic }), isLimited))
  }

  /** Changes may have been lost: everything is to be read again. */
  missed(): void {
    for (const topic of TOPICS) this.#tell(messageOf({ topic }), () => true)
  }

  close(): void {
    for (const { timer } of this.#pauses.values()) clearTimeout(timer)
    this.#pauses.clear()
  }

  #tell(text: string, isFor: (listener: Listener) => boolean): void {
    for (const listener of this.#listeners) if (isFor(listener)) listener.stream.send(text)
  }

  /** At once, then not again before the pause is over; once more after it if it was asked for meanwhile. */
  #paced(key: string, tell: () => void): void {
    const pause = this.#pauses.get(key)
    if (pause) {
      pause.again = tell
      return
    }
    tell()
    const timer = setTimeout(() => {
      const again = this.#pauses.get(key)?.again
      this.#pauses.delete(key)
      if (again) this.#paced(key, again)
    }, PAUSE_MS)
    timer.unref()
    this.#pauses.set(key, { timer, again: null })
  }
}

function isLimited({ nodeIds }: Listener): boolean {
  return nodeIds !== null
}

function messageOf(data: ChangeEvent): string {
  return sseMessage('change', JSON.stringify(data))
}
