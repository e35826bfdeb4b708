import { phraseText, type Run } from '@holdfast/contract'
import type { CommandContext } from '../context.ts'
import { printable } from './printable.ts'
import { progressFacts, progressLine } from './progress-line.ts'

/** At most one line of progress for each run in this time, where lines cannot be painted over. */
const PLAIN_INTERVAL_MS = 10_000

/** Shows runs while they go on. `close` leaves the screen so that further lines can follow. */
export interface RunScreen {
  update(runs: readonly Run[]): void
  close(): void
}

/** `plain`: other lines are printed in between, so that none may be painted over. */
export function createRunScreen(
  cx: CommandContext,
  options: { silent: boolean; plain?: boolean },
): RunScreen {
  if (options.silent) return { update: () => undefined, close: () => undefined }
  return cx.deps.io.isTty && !options.plain ? paintedScreen(cx) : plainScreen(cx)
}

const HIDE_CURSOR = '\u001b[?25l'
const SHOW_CURSOR = '\u001b[?25h'

/** One line per run, painted over in place. */
function paintedScreen(cx: CommandContext): RunScreen {
  const { stdout, columns } = cx.deps.io
  let painted = 0
  return {
    update(runs) {
      const nameWidth = Math.max(0, ...runs.map((run) => run.jobName.length))
      const lines = runs.map((run) =>
        progressLine(run, { now: cx.now(), width: columns, nameWidth, style: cx.style }),
      )
      const up = painted > 0 ? `\u001b[${painted}A` : HIDE_CURSOR
      stdout.write(up + lines.map((line) => `\r\u001b[2K${line}\n`).join(''))
      painted = lines.length
    },
    close() {
      if (painted === 0) return
      // The lines of progress give way to the report that is printed next.
      stdout.write(`\u001b[${painted}A\r\u001b[0J${SHOW_CURSOR}`)
      painted = 0
    },
  }
}

/** A line when something changes, and progress now and then: for logs, mails and pipes. */
function plainScreen(cx: CommandContext): RunScreen {
  const shown = new Map<string, { state: string; progressAt: number }>()
  return {
    update(runs) {
      for (const run of runs) {
        if (run.outcome) continue
        const now = cx.now().getTime()
        const waits = run.waitingFor === null ? '' : `: waits for ${phraseText(run.waitingFor)}`
        const state = run.status + waits
        const last = shown.get(run.id)
        if (last?.state !== state) {
          cx.line(printable(`${run.jobName}: ${state}`))
          shown.set(run.id, { state, progressAt: now })
        } else if (run.progress && now - last.progressAt >= PLAIN_INTERVAL_MS) {
          cx.line(printable(`${run.jobName}: ${progressFacts(run.progress).join(', ')}`))
          last.progressAt = now
        }
      }
    },
    close: () => undefined,
  }
}
