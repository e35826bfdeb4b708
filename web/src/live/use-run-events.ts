import type { RunEventMessage } from '@holdfast/contract'
import { useEffect, useState } from 'react'
import { openEvents } from './event-source.ts'
import { applyRunEvent, NOTHING_YET, type RunView } from './run-view.ts'

/** Several events in one go are drawn once. */
const DRAW_MS = 100

/**
 * Follows one run live: the run, its steps and its log, with `isLive` false while the connection is lost. Goes on after
 * the last line it has when the connection breaks or the server restarts, and stops by itself after the end.
 */
export function useRunEvents(ref: string): RunView & { isLive: boolean } {
  const [view, setView] = useState(NOTHING_YET)
  const [isLive, setIsLive] = useState(true)

  useEffect(() => {
    let current = NOTHING_YET
    let timer: ReturnType<typeof setTimeout> | undefined
    setView(current)
    setIsLive(true)
    const close = openEvents({
      url: () => `/api/runs/${encodeURIComponent(ref)}/events?after=${current.position}`,
      events: ['run', 'steps', 'log', 'end'] satisfies RunEventMessage['event'][],
      connected: () => setIsLive(true),
      lost: () => setIsLive(false),
      receive: (event, data) => {
        current = applyRunEvent(current, { event, data } as RunEventMessage)
        timer ??= setTimeout(() => {
          timer = undefined
          setView(current)
        }, DRAW_MS)
        // The server closes after the end, which would look like a lost connection.
        if (current.isEnded) close()
      },
    })
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [ref])

  return { ...view, isLive }
}
