import { Installation, kill } from '../../e2e/installation.testkit.ts'
import type { BenchCase } from '../runner/bench-case.ts'
import { median } from '../runner/measure.ts'

const ROUNDS = 5

/** From the start of the process to a worker that takes runs, with the embedded database stopped before. */
export async function startCase(): Promise<BenchCase> {
  await using place = await Installation.create()
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const startedAt = performance.now()
    const worker = await place.startWorker()
    if (round > 0) times.push(performance.now() - startedAt)
    worker.kill('SIGTERM')
    await new Promise((resolve) => worker.once('exit', resolve))
    await kill(worker)
    await place.databaseStopped()
  }
  const ours = median(times)
  return {
    name: 'from start to ready, embedded database, ms',
    ours,
    peer: null,
    ratio: null,
    goal: 'under 3000',
    holds: ours < 3000,
  }
}
