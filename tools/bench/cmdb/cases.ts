import type { BenchCase } from '../runner/bench-case.ts'
import { measurePaired } from '../runner/measure.ts'
import { oneByOne } from './peer.ts'
import { type Measured, type Size, Stage, saveAgain } from './stage.ts'
import { Worker } from './worker.ts'

const SCALE = Number(process.env.HOLDFAST_BENCH_SCALE ?? '1')
/** What nodes ask for at once, unless they are told otherwise. */
const [VEEAM_PAGE, CMDB_PAGE] = [500, 1000]
const MOST_MB = 300
/** Machines that the loop of the peer goes over: its time grows with them alone. */
const SAMPLE = 100

function tell(text: string): void {
  if (process.env.HOLDFAST_BENCH_STEPS) process.stderr.write(`${text}\n`)
}

export async function cmdbCases(): Promise<BenchCase[]> {
  return [
    ...(await casesOf({ machines: scaled(5000), backups: scaled(50) }, true)),
    ...(await casesOf({ machines: scaled(50_000), backups: scaled(500) }, false)),
  ]
}

function scaled(count: number): number {
  return Math.max(1, Math.round(count * SCALE))
}

async function casesOf(size: Size, isBesidePeer: boolean): Promise<BenchCase[]> {
  await using stage = await Stage.start(size)
  const first = await measured(stage, 'first')
  const second = await measured(stage, 'second')
  const changed = Math.ceil(size.machines / 100)
  saveAgain(stage.veeam.estate, changed)
  const third = await measured(stage, 'changed')
  const all = [first, second, third]
  const most = (of: (run: Measured) => number) => Math.max(...all.map(of))
  const name = `${size.machines.toLocaleString('en')} machines`
  const calls = callsFor(size)
  return [
    limited(
      `${name}: requests to Veeam in a run`,
      most(({ veeamCalls }) => veeamCalls),
      calls.veeam,
    ),
    limited(
      `${name}: reads from CMDBuild in a run`,
      most(({ cmdbReads }) => cmdbReads),
      calls.cmdb,
    ),
    told(`${name}: plan of the first run, ms`, first.planMs),
    told(`${name}: ${first.cmdbWrites.toLocaleString('en')} writes of the first run, ms`, first.applyMs),
    limited(`${name}: writes of a second run`, second.cmdbWrites, 0),
    told(`${name}: a second run, ms`, second.planMs + second.applyMs),
    limited(`${name}: writes with ${changed} saved anew`, third.cmdbWrites, changed),
    told(`${name}: that run, ms`, third.planMs + third.applyMs),
    limited(`${name}: memory of the process, MB`, most(({ peakBytes }) => peakBytes) / 1e6, MOST_MB),
    ...(isBesidePeer ? [await besidePeer(stage, size)] : []),
  ]
}

/** Each run in a process of its own: the most memory of a process never goes down. */
async function measured(stage: Stage, name: string): Promise<Measured> {
  await using worker = new Worker()
  const run = await stage.run(worker)
  tell(`${name}: ${JSON.stringify(run)}`)
  return run
}

/** 40 and 30 for 5,000 machines and 50 backups; beyond that nothing but pages. */
function callsFor({ machines, backups }: Size): { veeam: number; cmdb: number } {
  const more = (count: number, page: number) => Math.ceil(count / page)
  const [extra, chains] = [Math.max(0, machines - 5000), Math.max(0, backups - 50)]
  // Two restore points and one object for each machine; a list of jobs and one of chains.
  const veeam = 40 + more(extra * 3, VEEAM_PAGE) + more(chains, VEEAM_PAGE) * 2
  // A card and a relation for each machine, a card for each job and a relation with its storage.
  const cmdb = 30 + more(extra, CMDB_PAGE) * 2 + more(chains, CMDB_PAGE) * 2
  return { veeam, cmdb }
}

async function besidePeer(stage: Stage, size: Size): Promise<BenchCase> {
  await using worker = new Worker()
  const objects = stage.veeam.estate.backupObjects.slice(0, SAMPLE)
  const codes = stage.cmdb.store.cards('VirtualServer').map(({ values }) => String(values.Code))
  const machines = objects.flatMap(({ id }, index) => ({ id, name: codes[index] ?? '' }))
  const { veeam, cmdb } = stage.request('run')
  const perThousand = (ms: number, count: number) => (ms * 1000) / count
  const ours = async () => {
    const { planMs, applyMs } = await stage.run(worker)
    return perThousand(planMs + applyMs, size.machines)
  }
  const peer = async () => {
    const startedAt = performance.now()
    const calls = await oneByOne({ veeam, cmdb }, machines)
    tell(`one by one: ${calls} requests for ${machines.length} machines`)
    return perThousand(performance.now() - startedAt, machines.length)
  }
  const result = await measurePaired(ours, peer)
  const name = 'a run with nothing new beside a script that asks one by one, ms for 1,000 machines'
  return { name, ...result, goal: 'ratio at most 0.1', holds: result.ratio <= 0.1 }
}

function limited(name: string, ours: number, most: number): BenchCase {
  return { name, ours, peer: null, ratio: null, goal: `at most ${most}`, holds: ours <= most }
}

function told(name: string, ours: number): BenchCase {
  return { name, ours, peer: null, ratio: null, goal: 'none', holds: true }
}
