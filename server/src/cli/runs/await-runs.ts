import type { Control, Run } from '@holdfast/contract'
import type { CommandContext } from '../context.ts'
import { printable } from '../output/printable.ts'
import { followRuns, Interrupts } from './follow-runs.ts'
import { exitByOutcome, printOutcome } from './run-outcome.ts'

export interface AwaitOptions {
  wait: boolean
  /** The control plane is a server: its workers do the work, none of this process. */
  isRemote: boolean
  json: boolean
  /** Whether the logs of the runs are printed as they are written. */
  verbose?: boolean
  /** How the ends are printed; one block for each run without it. */
  print?: (cx: CommandContext, runs: readonly Run[]) => void
}

/**
 * Starts runs, makes sure that a worker does them, follows them to their end, prints how they ended and sets the exit
 * code. Without `wait` it only starts them: some worker must be there to do them.
 */
export async function startAndAwait(
  cx: CommandContext,
  control: Control,
  start: () => Promise<Run[]>,
  options: AwaitOptions,
): Promise<void> {
  if (!options.wait) {
    const started = await start()
    if (options.json) cx.json(started)
    else for (const run of started) cx.line(`${cx.style.run(run)}  ${printable(run.jobName)}  ${run.id}`)
    return
  }
  const runs = await startAndFollow(cx, control, start, options)
  if (options.json) cx.json(runs)
  else if (options.print) options.print(cx, runs)
  else for (const run of runs) printOutcome(cx, run)
  exitByOutcome(cx, runs)
}

async function startAndFollow(
  cx: CommandContext,
  control: Control,
  start: () => Promise<Run[]>,
  { json: silent, verbose = false, isRemote }: AwaitOptions,
): Promise<Run[]> {
  // Listening begins before the runs do: an interrupt in between must cancel them, not orphan them.
  const interrupts = new Interrupts(cx)
  try {
    const started = await start()
    const local = isRemote ? undefined : await cx.deps.local()
    await using _worker = await local?.runWhileWaiting(control, started)
    try {
      return await followRuns(cx, control, started, { silent, verbose, interrupts })
    } finally {
      // While the worker stops, a further interrupt ends the process again.
      interrupts[Symbol.dispose]()
    }
  } finally {
    interrupts[Symbol.dispose]()
  }
}
