import { changeCases } from './disk/cases.ts'
import { memoryCase } from './disk/memory.ts'
import type { BenchCase } from './runner/bench-case.ts'

/**
 * A copy to a disk beside plain rsync with the same flags: first copies and runs with nothing to copy, many small files and
 * few large ones, and the memory of a million files. `HOLDFAST_BENCH_SCALE=0.1` makes everything a tenth;
 * `HOLDFAST_BENCH_DIRECTORY` says where, by default in the temporary directory: it takes 30 GiB there at full size.
 */
export async function bench(): Promise<BenchCase[]> {
  return [...(await changeCases()), await memoryCase()]
}
