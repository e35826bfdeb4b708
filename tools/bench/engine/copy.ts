import { execFile } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { mkdir, open, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Run } from '@holdfast/contract'
import { Installation } from '../../e2e/installation.testkit.ts'
import type { BenchCase } from '../runner/bench-case.ts'
import { measurePaired } from '../runner/measure.ts'

const execute = promisify(execFile)

const SMALL_FILES = 20_000
const SMALL_BYTES = 8192
const LARGE_BYTES = 2 * 1024 ** 3

/** A first copy of a folder, from plan to committed restore point, beside rsync with the same flags and a flush. */
export async function copyCases(): Promise<BenchCase[]> {
  await using place = await Installation.create()
  const cases: BenchCase[] = []
  for (const [title, fill] of [
    [`${SMALL_FILES.toLocaleString('en')} small files`, fillSmall],
    ['2 GiB in one file', fillLarge],
  ] as const) {
    const source = place.path('source')
    await rm(source, { recursive: true, force: true })
    await mkdir(source)
    await fill(source)
    // A worker that stands by, as in real life: the start of a process is not what is measured.
    const worker = await place.startWorker()
    for (const hash of [false, true]) {
      const limit = hash ? 1.5 : 1.1
      const peer = async () => await plainRsync(source, place.path('plain'))
      const result = await measurePaired(() => ourCopy(place, source, hash), peer)
      const name = `copy ${title}${hash ? ', with manifest of hashes' : ''}, ms`
      cases.push({ name, ...result, goal: `ratio at most ${limit}`, holds: result.ratio <= limit })
    }
    worker.kill('SIGTERM')
    await new Promise((resolve) => worker.once('exit', resolve))
  }
  return cases
}

async function plainRsync(source: string, target: string): Promise<number> {
  await rm(target, { recursive: true, force: true })
  const startedAt = performance.now()
  await execute('rsync', ['-aHAXS', '--numeric-ids', `${source}/`, `${target}/`])
  await execute('sync', ['-f', target])
  const took = performance.now() - startedAt
  await rm(target, { recursive: true, force: true })
  return took
}

/** The run's own time from start to end, in a fresh vault. Checks after the run are off: rsync has none. */
async function ourCopy(place: Installation, source: string, hash: boolean): Promise<number> {
  const name = `j${Math.round(performance.now())}`
  const vault = place.path(name)
  await place.configure(`
vaults: [{ name: ${name}, kind: directory, path: ${vault} }]
policies: [{ name: quick, verification: { afterRun: none } }]
jobs: [{ name: ${name}, kind: disk-copy, vault: ${name}, policy: quick, config: { source: ${source}, hash: ${hash} } }]
`)
  await place.json('apply', place.path('config'))
  const [run] = await place.json<Run[]>('run', name)
  await rm(vault, { recursive: true, force: true })
  return Date.parse(run?.finishedAt ?? '') - Date.parse(run?.startedAt ?? '')
}

async function fillSmall(source: string): Promise<void> {
  const block = Buffer.alloc(SMALL_BYTES)
  for (let file = 0; file < SMALL_FILES; file++) {
    const folder = path.join(source, `d${Math.floor(file / 100)}`)
    if (file % 100 === 0) await mkdir(folder)
    randomFillSync(block)
    await writeFile(path.join(folder, `f${file}`), block)
  }
}

async function fillLarge(source: string): Promise<void> {
  const block = Buffer.alloc(16 * 1024 * 1024)
  await using file = await open(path.join(source, 'big'), 'w')
  for (let written = 0; written < LARGE_BYTES; written += block.length) {
    randomFillSync(block)
    await file.write(block)
  }
}
