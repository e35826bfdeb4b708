import type { InfluxLab } from '../influx-lab.ts'
import { edge, QUOTED, quoted } from './edge-cases.ts'
import {
  cpu,
  DAY_NS,
  type DatasetLine,
  disk,
  events,
  memory,
  rollup,
  type Span,
  WEATHER,
  weather,
} from './measurements.ts'

const DAYS = 30n
const LINES_PER_BATCH = 5000

/** A retention policy of the dataset, as its statements name durations. */
export interface DatasetPolicy {
  readonly name: string
  readonly duration: string
  readonly shardDuration: string
  readonly isDefault: boolean
}

/** One measurement in one retention policy. */
export interface DatasetPart {
  readonly rp: string
  readonly measurement: string
  /** Made anew at each call, always the same. */
  lines(): Iterable<DatasetLine>
}

/**
 * Thirty days of line protocol that is as awkward as real data: some 5 million values at `scale` 1, about 10,000 at
 * 0.001, always with every awkward case, eight parts, four retention policies and some seventy shards.
 */
export interface Dataset {
  readonly startNs: bigint
  readonly endNs: bigint
  readonly policies: readonly DatasetPolicy[]
  readonly parts: readonly DatasetPart[]
}

export interface DatasetSize {
  readonly points: number
  readonly values: number
}

/** `end`: an ISO time that its data comes up to; a few points of the measurement `edge` lie far outside. */
export function makeDataset({ scale = 1, end = '2026-11-18T00:00:00Z' } = {}): Dataset {
  const endNs = BigInt(Date.parse(end)) * 1_000_000n
  const span: Span = { startNs: endNs - DAYS * DAY_NS, endNs, scale }
  const part = (
    rp: string,
    measurement: string,
    lines: (span: Span) => Iterable<DatasetLine>,
  ): DatasetPart => ({
    rp,
    measurement,
    lines: () => lines(span),
  })
  return {
    startNs: span.startNs,
    endNs,
    policies: [
      { name: 'autogen', duration: 'INF', shardDuration: '7d', isDefault: true },
      { name: 'rp 90d', duration: 'INF', shardDuration: '1d', isDefault: false },
      { name: 'short', duration: 'INF', shardDuration: '1d', isDefault: false },
      { name: 'rollup', duration: '3640d', shardDuration: '30d', isDefault: false },
    ],
    parts: [
      part('autogen', 'cpu', cpu),
      part('rp 90d', 'mem', memory),
      part('autogen', WEATHER, weather),
      part('short', 'events', events),
      part('autogen', 'disk', disk),
      part('autogen', 'edge', edge),
      part('autogen', QUOTED, quoted),
      part('rollup', 'cpu', rollup),
    ],
  }
}

/** Whole lines, each ended by \n, in pieces of a size that a server takes well. */
export function* batchesOf(part: DatasetPart): Iterable<{ bytes: Buffer; points: number; values: number }> {
  let lines: string[] = []
  let values = 0
  const batch = () => ({ bytes: Buffer.from(`${lines.join('\n')}\n`), points: lines.length, values })
  for (const [line, count] of part.lines()) {
    lines.push(line)
    values += count
    if (lines.length < LINES_PER_BATCH) continue
    yield batch()
    lines = []
    values = 0
  }
  if (lines.length > 0) yield batch()
}

/** Makes the database with its retention policies. Names with `"` or `\` are not meant. */
export async function createDatabase(server: InfluxLab, db: string, dataset: Dataset): Promise<void> {
  await server.query(`CREATE DATABASE "${db}"`)
  for (const { name, duration, shardDuration, isDefault } of dataset.policies) {
    const verb = name === 'autogen' ? 'ALTER' : 'CREATE'
    const length = `DURATION ${duration} REPLICATION 1 SHARD DURATION ${shardDuration}`
    await server.query(
      `${verb} RETENTION POLICY "${name}" ON "${db}" ${length}${isDefault ? ' DEFAULT' : ''}`,
    )
  }
}

/** Makes the database and writes everything into it. Throws when the server refuses a line. */
export async function writeAll(server: InfluxLab, db: string, dataset: Dataset): Promise<DatasetSize> {
  await createDatabase(server, db, dataset)
  const size = { points: 0, values: 0 }
  for (const part of dataset.parts)
    for (const { bytes, points, values } of batchesOf(part)) {
      const { status, body } = await server.write(bytes, db, part.rp)
      if (status !== 204) throw new Error(`${part.measurement}: ${status} ${body.toString()}`)
      size.points += points
      size.values += values
    }
  return size
}
