import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { BenchCase } from '../runner/bench-case.ts'
import { Copier } from './copier.ts'
import { place, SCALE } from './place.ts'
import { fillSmall } from './sources.ts'

const LIMIT_MB = 200

/** A first copy of a million files with hashes, then one with nothing to copy: the process and all it starts. */
export async function memoryCase(): Promise<BenchCase> {
  await using directory = await place()
  const files = Math.round(1_000_000 * SCALE)
  const source = path.join(directory.path, 'source')
  await mkdir(source)
  fillSmall(source, files, 16)
  const request = { jobId: 'job_0123456789ab', source, vault: path.join(directory.path, 'vault'), config: {} }
  let ours = 0
  for (let run = 0; run < 2; run += 1) {
    await using copier = new Copier()
    const peakMb = (await copier.peakBytesOf(copier.copy(request))) / 1e6
    if (process.env.HOLDFAST_BENCH_STEPS) process.stderr.write(`run ${run}: ${Math.round(peakMb)} MB\n`)
    ours = Math.max(ours, peakMb)
  }
  const name = `memory for ${files.toLocaleString('en')} files, MB`
  return { name, ours, peer: null, ratio: null, goal: `at most ${LIMIT_MB} MB`, holds: ours <= LIMIT_MB }
}
