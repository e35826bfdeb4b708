import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { BenchCase } from '../runner/bench-case.ts'
import { measurePaired } from '../runner/measure.ts'
import { Copier } from './copier.ts'
import { place, SCALE } from './place.ts'
import { fillLarge, fillSmall } from './sources.ts'

const execute = promisify(execFile)
const KINDS = ['hard-links', 'mirror'] as const
const JOB = 'job_0123456789ab'
/** What Holdfast tells rsync about a copy. */
const FLAGS = ['-aHAXS', '--numeric-ids', '--modify-window=-1', '--timeout=300']

export async function changeCases(): Promise<BenchCase[]> {
  await using directory = await place()
  await using copier = new Copier()
  const cases: BenchCase[] = []
  const files = Math.round(100_000 * SCALE)
  const largeBytes = Math.round((1024 ** 3 * SCALE) / 2 ** 24) * 2 ** 24
  const sources = [
    [`${files.toLocaleString('en')} small files`, (source: string) => fillSmall(source, files, 4096)],
    [`8 files of ${Math.round(largeBytes / 2 ** 20)} MiB`, (s: string) => fillLarge(s, 8, largeBytes)],
  ] as const
  for (const [title, fill] of sources) {
    const source = path.join(directory.path, 'source')
    await mkdir(source)
    fill(source)
    const at = { directory: directory.path, source, copier }
    for (const [hash, limit] of [
      [false, 1.05],
      [true, 1.5],
    ] as const)
      cases.push(await firstCopy({ ...at, hash, limit, title }))
    for (const kind of KINDS) cases.push(await nothingToCopy({ ...at, kind, title }))
    await emptied(source)
  }
  return cases
}

interface At {
  readonly directory: string
  readonly source: string
  readonly copier: Copier
  readonly title: string
}

async function firstCopy(at: At & { hash: boolean; limit: number }): Promise<BenchCase> {
  const { directory, source, copier, hash, limit } = at
  const [vault, plain] = [path.join(directory, 'vault'), path.join(directory, 'plain')]
  const ours = async () => {
    const { planMs, runMs, steps } = await copier.copy({ jobId: JOB, source, vault, config: { hash } })
    tell(`${at.title}, hashes ${hash}: plan ${Math.round(planMs)}, ${steps}`)
    await emptied(vault)
    return planMs + runMs
  }
  const peer = async () => {
    const took = await plainRsync([`${source}/`, `${plain}/`], directory)
    await emptied(plain)
    return took
  }
  const result = await measurePaired(ours, peer)
  const name = `copy ${at.title}${hash ? ', with hashes' : ''}, ms`
  return { name, ...result, goal: `ratio at most ${limit}`, holds: result.ratio <= limit }
}

async function nothingToCopy(at: At & { kind: (typeof KINDS)[number] }): Promise<BenchCase> {
  const { directory, source, copier, kind } = at
  const [vault, plain] = [path.join(directory, 'vault'), path.join(directory, 'plain')]
  const request = { jobId: JOB, source, vault, config: { generations: kind } }
  await copier.copy(request)
  await plainRsync([`${source}/`, `${plain}/0/`], directory)
  let round = 0
  const ours = async () => {
    const { planMs, runMs, steps } = await copier.copy(request)
    tell(`${at.title}, nothing to copy, ${kind}: plan ${Math.round(planMs)}, ${steps}`)
    return planMs + runMs
  }
  const peer = async () => {
    round += 1
    if (kind === 'mirror') return await plainRsync(['--delete', `${source}/`, `${plain}/0/`], directory)
    const linked = `--link-dest=${path.join(plain, String(round - 1))}`
    return await plainRsync([linked, `${source}/`, `${plain}/${round}/`], directory)
  }
  const result = await measurePaired(ours, peer)
  await emptied(vault)
  await emptied(plain)
  const name = `nothing to copy of ${at.title}, ${kind}, ms`
  return { name, ...result, goal: 'ratio at most 1.1', holds: result.ratio <= 1.1 }
}

/** With a flush, as ours has one. */
async function plainRsync(args: readonly string[], directory: string): Promise<number> {
  const startedAt = performance.now()
  await execute('rsync', [...FLAGS, '--mkpath', ...args])
  await execute('sync', ['-f', directory])
  return performance.now() - startedAt
}

/** The disk is quiet again before the next one is measured. */
async function emptied(target: string): Promise<void> {
  await execute('rm', ['-rf', target])
  await execute('sync', ['-f', path.dirname(target)])
}

function tell(text: string): void {
  if (process.env.HOLDFAST_BENCH_STEPS) process.stderr.write(`${text}\n`)
}
