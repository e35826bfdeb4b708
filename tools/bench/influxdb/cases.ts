import {
  batchesOf,
  createDatabase,
  type Dataset,
  makeDataset,
  writeAll,
} from '../../lab/influxdb/dataset/dataset.ts'
import { InfluxLab } from '../../lab/influxdb/influx-lab.ts'
import { VictoriaMetrics } from '../../lab/influxdb/victoria-metrics.ts'
import type { BenchCase } from '../runner/bench-case.ts'
import { measurePaired } from '../runner/measure.ts'
import { Copier, serverCpuMs } from './copier.ts'
import { type Prepared, prepare, readAll, writePrepared } from './floor.ts'
import { backupAndRestore, pythonLoop, requirePeers, vmctl } from './peers.ts'

const SCALE = Number(process.env.HOLDFAST_BENCH_SCALE ?? '1')
const DB = 'metrics'

/** Two servers, the first of which holds the data. */
interface Stage {
  readonly source: InfluxLab
  readonly destination: InfluxLab
  readonly copier: Copier
  readonly dataset: Dataset
  /** A database of a fresh name at the destination, dropped once `work` is done. */
  inFresh<T>(work: (name: string) => Promise<T>): Promise<T>
}

function tell(text: string): void {
  if (process.env.HOLDFAST_BENCH_STEPS) process.stderr.write(`${text}\n`)
}

export async function influxdbCases(): Promise<BenchCase[]> {
  await requirePeers()
  await using source = await InfluxLab.start({ snapshot: true })
  await using destination = await InfluxLab.start({ snapshot: true })
  await using copier = new Copier()
  const dataset = makeDataset({ scale: SCALE })
  const { values } = await writeAll(source, DB, dataset)
  tell(`${values.toLocaleString('en')} values`)
  let count = 0
  const inFresh: Stage['inFresh'] = async (work) => {
    count += 1
    const name = `copy_${count}`
    try {
      return await work(name)
    } finally {
      await destination.query(`DROP DATABASE "${name}"`)
    }
  }
  const stage = { source, destination, copier, dataset, inFresh }
  return [
    ...(await overHttp(stage)),
    await besidePython(stage),
    await besideBackup(stage),
    await besideVmctl(stage),
    ...(await nothingNewAndLate(stage)),
  ]
}

const HTTP = { relay: 'never', mode: 'full' }

/** CPU of client and both servers, beside what reading and writing take of the servers alone. */
async function overHttp(stage: Stage): Promise<BenchCase[]> {
  const { source, destination, copier, dataset, inFresh } = stage
  let peakMb = 0
  const config = (as: string, verify: boolean) => ({ ...HTTP, databases: [{ name: DB, as }], verify })
  const ours = () =>
    inFresh(async (as) => {
      let clientMs = 0
      const serverMs = await serverCpuMs([source, destination], async () => {
        const { cpuMs, peakBytes } = await copier.copy(stage, config(as, false))
        clientMs = cpuMs
        peakMb = Math.max(peakMb, peakBytes / 1e6)
      })
      tell(`over HTTP: client ${clientMs} ms, servers ${serverMs} ms`)
      return clientMs + serverMs
    })
  let prepared: Prepared[] = prepare(dataset)
  const peer = () =>
    inFresh(async (as) => {
      await createDatabase(destination, as, dataset)
      const read = await serverCpuMs([source], () => readAll(source, DB))
      const written = await serverCpuMs([destination], () => writePrepared(destination, as, prepared))
      tell(`floor: read ${read} ms, write ${written} ms`)
      return read + written
    })
  const result = await measurePaired(ours, peer)
  prepared = []
  const differing = await inFresh(async (as) => {
    await copier.copy(stage, config(as, false))
    // What is not there as it should be would be copied now.
    const { counts } = await copier.copy(stage, config(as, true))
    return counts.copied ?? Number.NaN
  })
  return [
    {
      name: 'everything over HTTP beside what the servers need, ms of CPU',
      ...result,
      goal: 'ratio at most 1.25',
      holds: result.ratio <= 1.25,
    },
    single('memory of the process that copies, MB', peakMb, 160),
    single('windows that differ after a copy', differing, 0),
  ]
}

function single(name: string, ours: number, most: number): BenchCase {
  return { name, ours, peer: null, ratio: null, goal: `at most ${most}`, holds: ours <= most }
}

async function besidePython(stage: Stage): Promise<BenchCase> {
  const { copier, dataset, destination, inFresh } = stage
  const only = { retentionPolicies: { include: ['autogen'] }, measurements: { include: ['cpu'] } }
  const ours = () =>
    inFresh(async (as) => {
      const config = { ...HTTP, ...only, databases: [{ name: DB, as }] }
      return (await copier.copy(stage, config)).wallMs
    })
  const peer = () =>
    inFresh(async (as) => {
      await createDatabase(destination, as, dataset)
      return await pythonLoop(stage, DB, as, dataset)
    })
  const result = await measurePaired(ours, peer)
  const name = 'one measurement, compared afterwards, beside a loop with the Python client, ms'
  return { name, ...result, goal: 'ratio at most 0.33', holds: result.ratio <= 0.33 }
}

async function besideBackup(stage: Stage): Promise<BenchCase> {
  const { copier, inFresh } = stage
  const ours = () =>
    inFresh(async (as) => {
      const { wallMs } = await copier.copy(stage, { databases: [{ name: DB, as }], verify: false })
      return wallMs
    })
  const peer = () => inFresh((as) => backupAndRestore(stage, DB, as))
  const result = await measurePaired(ours, peer)
  const name = 'whole shards into a new database beside influxd backup and restore, ms'
  return { name, ...result, goal: 'ratio at most 1', holds: result.ratio <= 1 }
}

/** One measurement in one retention policy: of databases with several, vmctl gives up. */
async function besideVmctl({ source, copier, dataset }: Stage): Promise<BenchCase> {
  const [cpu] = dataset.parts
  if (!cpu) throw new Error('the dataset begins with it')
  await source.query('CREATE DATABASE plain')
  for (const { bytes } of batchesOf(cpu)) await source.write(bytes, 'plain', 'autogen')
  await using destination = await VictoriaMetrics.start()
  let count = 0
  const ours = async () => {
    count += 1
    const config = { databases: [{ name: 'plain', as: `plain_${count}` }] }
    return (await copier.copy({ source, destination }, config)).wallMs
  }
  const result = await measurePaired(ours, () => vmctl(source, destination, 'plain'))
  const name = 'one measurement into VictoriaMetrics, compared afterwards, beside vmctl, ms'
  return { name, ...result, goal: 'ratio at most 0.33', holds: result.ratio <= 0.33 }
}

/** Two late points in one shard; in another one a point that is there already, and one of a new series. */
const LATE = [
  'cpu,cpu=cpu0,dc=us-east,host=srv-001 procs=1i 1793000000000000123',
  'cpu,cpu=cpu1,dc=us-east,host=srv-001 procs=1i 1793000000000000456',
  'cpu,cpu=cpu0,dc=eu\\ west\\,1,host=srv-000 procs=77i 1794800000000000000',
  'cpu,cpu=cpu0,dc=eu\\ west\\,1,host=srv-000 procs=78i 1794800000000000000',
  'cpu,cpu=cpu9,dc=new,host=srv-new usage_user=1.5 1794800000000000124',
]

async function nothingNewAndLate(stage: Stage): Promise<BenchCase[]> {
  const { source, copier, inFresh } = stage
  return await inFresh(async (as) => {
    const config = { databases: [{ name: DB, as }], relay: 'never' }
    let { remembered } = await copier.copy(stage, config)
    const idle = []
    for (let round = 0; round < 5; round += 1) {
      const again = await copier.copy(stage, config, remembered)
      remembered = again.remembered
      idle.push(again)
    }
    await source.write(LATE.join('\n'), DB, 'autogen')
    const late = await copier.copy(stage, config, remembered)
    tell(`late points: ${JSON.stringify(late.counts)}`)
    const sorted = idle.map(({ wallMs }) => wallMs).sort((a, b) => a - b)
    return [
      single('a second run with nothing new, ms', sorted[2] ?? Number.NaN, 100),
      single('values that it reads', Math.max(...idle.map(({ counts }) => counts.values ?? 0)), 0),
      single('late and overwritten points and a new series found and copied, ms', late.wallMs, 3000),
    ]
  })
}
