import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BenchCase } from './bench-case.ts'

/** Names of the benches in a folder: one file each, tests and subfolders left out. */
export function benchNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[a-z0-9-]+\.ts$/.test(entry.name))
    .map((entry) => entry.name.slice(0, -'.ts'.length))
    .sort()
}

/** Runs the bench a file exports as `bench`: a function that measures, or the cases themselves. */
export async function runBench(folder: string, name: string): Promise<BenchCase[]> {
  const module: { bench?: unknown } = await import(pathToFileURL(join(folder, `${name}.ts`)).href)
  const cases: unknown = typeof module.bench === 'function' ? await module.bench() : module.bench
  if (!Array.isArray(cases) || !cases.every(isCase))
    throw new Error(`${name}.ts must export "bench": BenchCase[], or a function that returns it`)
  return cases
}

function isCase(value: unknown): value is BenchCase {
  const { name, ours, peer, ratio, goal, holds } = Object(value)
  const isMeasured = (measured: unknown) => measured === null || typeof measured === 'number'
  return (
    typeof name === 'string' &&
    typeof ours === 'number' &&
    isMeasured(peer) &&
    isMeasured(ratio) &&
    typeof goal === 'string' &&
    typeof holds === 'boolean'
  )
}
