import { useEffect, useState } from 'react'
import { api } from '../api/client.ts'
import { liveStream } from './live-stream.ts'
import { applyRunEvent, NOTHING_YET, type RunView } from './run-view.ts'

/** Several events in one go are drawn once. */
const DRAW_MS = 100

/**
 * Follows one run live: the run, its steps and its log. Goes on after the last line it has when the connection breaks or
 * the server restarts, and stops by itself after the end. Null while it is not known whether there is such a run.
 */
export function useRunEvents(ref: string | null): RunView {
  const [view, setView] = useState(NOTHING_YET)

  useEffect(() => {
    let current = NOTHING_YET
    let timer: ReturnType<typeof setTimeout> | undefined
    let isGone = false
    setView(current)
    if (ref === null) return
    const draw = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        setView(current)
      }, DRAW_MS)
    }
    const leave = liveStream.follow({
      ref,
      position: () => current.position,
      receive: (message) => {
        current = applyRunEvent(current, message)
        draw()
        if (current.isEnded && current.steps.some(({ outcome }) => outcome === null)) void readSteps()
      },
    })
    /** How a step ended may have been written after its run had. */
    const readSteps = async () => {
      const steps = await api('GET /api/runs/{ref}/steps', { params: { ref } }).catch(() => null)
      if (isGone || steps === null) return
      current = { ...current, steps }
      draw()
    }
    return () => {
      isGone = true
      clearTimeout(timer)
      leave()
    }
  }, [ref])

  return view
}
