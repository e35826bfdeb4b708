import { copyCases } from './engine/copy.ts'
import { runCases } from './engine/runs.ts'
import { startCase } from './engine/start.ts'
import type { BenchCase } from './runner/bench-case.ts'

/** What the engine costs: a run that does nothing, a schedule of 100,000 jobs, the start, and a copy beside rsync. */
export async function bench(): Promise<BenchCase[]> {
  return [...(await runCases()), await startCase(), ...(await copyCases())]
}
