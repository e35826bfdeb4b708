import type { LocalCommands } from '../../cli/deps.ts'
import type { Environment } from '../../config.ts'
import { untilSignal } from './until-signal.ts'

type WorkOptions = Parameters<LocalCommands['worker']>[0]

/** Executes runs until the signal. */
export async function work(env: Environment, { signal, site, concurrency }: WorkOptions): Promise<void> {
  await untilSignal(env, signal, async (plane) => {
    const worker = await plane.startWorker({ site, concurrency })
    return () => worker.stop()
  })
}
