import type { Run, RunEventMessage, RunLogLine, RunStep } from '@holdfast/contract'

/** What is kept of one run that is followed. */
export interface RunView {
  run: Run | null
  steps: RunStep[]
  /** Oldest first, at most MAX_LINES: the newest ones. */
  lines: RunLogLine[]
  /** Position of the newest line; -1 before the first. */
  position: number
  /** Lines left out at the beginning because there were too many. */
  droppedLines: number
  isEnded: boolean
}

export const MAX_LINES = 5000

export const NOTHING_YET: RunView = {
  run: null,
  steps: [],
  lines: [],
  position: -1,
  droppedLines: 0,
  isEnded: false,
}

/** What is known after one more event. A line that came twice, as after a reconnect, is kept once. */
export function applyRunEvent(view: RunView, message: RunEventMessage): RunView {
  switch (message.event) {
    case 'run':
      return { ...view, run: message.data }
    case 'steps':
      return { ...view, steps: message.data }
    case 'log': {
      const fresh = message.data.filter(({ position }) => position > view.position)
      if (fresh.length === 0) return view
      const lines = [...view.lines, ...fresh]
      const dropped = Math.max(lines.length - MAX_LINES, 0)
      return {
        ...view,
        lines: dropped === 0 ? lines : lines.slice(dropped),
        position: fresh.at(-1)?.position ?? view.position,
        droppedLines: view.droppedLines + dropped,
      }
    }
    case 'end':
      return { ...view, isEnded: true }
  }
}
