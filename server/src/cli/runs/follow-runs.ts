import { setTimeout as pause } from 'node:timers/promises'
import type { Control, Run } from '@holdfast/contract'
import type { CommandContext } from '../context.ts'
import { RunLogs } from '../output/run-logs.ts'
import { createRunScreen } from '../output/run-screen.ts'

const POLL_MS = 500

/**
 * Shows runs until each is finished or held, and hands back how they ended. The first interrupt cancels them and goes
 * on waiting for their end; the second stops waiting and leaves them as they are. With `verbose` their logs are printed
 * as they are written.
 */
export async function followRuns(
  cx: CommandContext,
  control: Control,
  runs: readonly Run[],
  options: { silent: boolean; verbose: boolean; interrupts: Interrupts },
): Promise<Run[]> {
  const { silent, interrupts } = options
  const verbose = options.verbose && !silent
  const screen = createRunScreen(cx, { silent, plain: verbose })
  const logs = verbose ? new RunLogs(cx, control) : null
  let canceled = false
  let current = [...runs]
  try {
    while (true) {
      screen.update(current)
      await logs?.print(current)
      const open = current.filter((run) => !isOver(run))
      if (open.length === 0 || interrupts.count > 1) return current
      if (interrupts.count > 0 && !canceled) {
        canceled = true
        cx.note('Canceling; interrupt once more to leave without waiting.')
        await Promise.all(open.map((run) => cancelQuietly(control, run.id, cx.by)))
      }
      await interrupts.pause(cx.deps.pollMs ?? POLL_MS)
      current = await Promise.all(current.map((run) => (isOver(run) ? run : control.getRun(run.id))))
    }
  } finally {
    screen.close()
  }
}

/** A held run goes on only when somebody says so: nothing to wait for here. */
export function isOver(run: Run): boolean {
  return run.outcome !== null || run.status === 'held'
}

/** The run may have ended by itself a moment ago: then there is nothing to cancel, and its own end is shown. */
async function cancelQuietly(control: Control, runId: string, by: string): Promise<void> {
  try {
    await control.cancelRun(runId, { by })
  } catch (thrown) {
    const run = await control.getRun(runId)
    if (!isOver(run)) throw thrown
  }
}

/** Counts interrupts from its making to its disposal, in place of the end of the process that they would mean. */
export class Interrupts implements Disposable {
  count = 0
  private controller = new AbortController()
  private readonly listening: Disposable

  constructor(cx: CommandContext) {
    this.listening = cx.deps.io.onInterrupt(() => {
      this.count += 1
      this.controller.abort()
      this.controller = new AbortController()
    })
  }

  /** A pause that an interrupt ends at once. */
  async pause(durationMs: number): Promise<void> {
    const { signal } = this.controller
    await pause(durationMs, undefined, { signal }).catch(() => undefined)
  }

  [Symbol.dispose](): void {
    this.listening[Symbol.dispose]()
  }
}
