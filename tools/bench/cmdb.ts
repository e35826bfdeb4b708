import { cmdbCases } from './cmdb/cases.ts'
import type { BenchCase } from './runner/bench-case.ts'

/**
 * A CMDB kept true to 5,000 and to 50,000 machines: requests on both sides, time, memory, and writes of runs in which
 * nothing or little is new. `HOLDFAST_BENCH_SCALE=0.1` makes everything a tenth; `HOLDFAST_BENCH_STEPS=1` shows more.
 */
export async function bench(): Promise<BenchCase[]> {
  return await cmdbCases()
}
