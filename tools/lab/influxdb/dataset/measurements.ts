import { at, Chance } from './chance.ts'
import { escapeKey, escapeMeasurement, stringValue } from './line-text.ts'

const SECOND_NS = 1_000_000_000n
const MINUTE_NS = 60n * SECOND_NS
export const DAY_NS = 1440n * MINUTE_NS

/** One line, and how many field values it holds. */
export type DatasetLine = readonly [line: string, values: number]

export interface Span {
  readonly startNs: bigint
  readonly endNs: bigint
  /** 1: all of it; less: fewer series, then fewer times, but always all days. */
  readonly scale: number
}

/** The awkward tags come round every five. */
const FEWEST_SERIES = 5

function seriesOf(count: number, scale: number): number {
  return Math.max(FEWEST_SERIES, Math.round(count * scale))
}

/** Times from start to end; where {@link seriesOf} could not make it small enough, they are further apart. */
function* times(span: Span, series: number, minutes: number): Iterable<bigint> {
  const thinned = Math.max(1, Math.round(FEWEST_SERIES / Math.max(series * span.scale, 0.01)))
  const step = BigInt(Math.min(minutes * thinned, 720)) * MINUTE_NS
  for (let time = span.startNs; time < span.endNs; time += step) yield time
}

function host(index: number): string {
  return `srv-${String(index).padStart(3, '0')}`
}

/** Every type but text, many series of four values. */
export function* cpu(span: Span): Iterable<DatasetLine> {
  const chance = new Chance('cpu')
  const centers = ['eu west,1', 'us-east', 'São Paulo', '東京'].map(escapeKey)
  const hosts = seriesOf(100, span.scale)
  for (const time of times(span, 100, 30))
    for (let index = 0; index < hosts * 4; index += 1) {
      const h = index >> 2
      const key = `cpu,cpu=cpu${index & 3},dc=${at(centers, h)},host=${host(h)}`
      const procs = `procs=${Math.floor(chance.around(300, 90))}i,throttled=${chance.next() < 0.03}`
      const usage = `usage_system=${chance.around(8, 3).toFixed(2)},usage_user=${chance.around(30, 15)}`
      yield [`${key} ${procs},${usage} ${time}`, 4]
    }
}

/** Integers beyond 2^53, times with milliseconds. */
export function* memory(span: Span): Iterable<DatasetLine> {
  const chance = new Chance('mem')
  const hosts = seriesOf(200, span.scale)
  for (const time of times(span, 200, 30))
    for (let h = 0; h < hosts; h += 1) {
      const available = BigInt(h + 1) * 1_073_741_824n + BigInt(chance.below(1e9))
      const sequence = 9_007_199_254_740_993n + BigInt(chance.below(1e6)) * 2n
      const fields = `available=${available}i,seq=${sequence}i,used_percent=${chance.around(60, 10)}`
      const moment = time + BigInt(chance.below(1000)) * 1_000_000n
      yield [`mem,host=${host(h)},os=${h & 1 ? 'windows\\ 2019' : 'linux'} ${fields} ${moment}`, 3]
    }
}

export const WEATHER = 'weather station, Ñ'

/** Awkward names everywhere, fields that are often absent, empty texts. */
export function* weather(span: Span): Iterable<DatasetLine> {
  const chance = new Chance(WEATHER)
  const cities = ['Las Palmas, GC', 'La Laguna', 'a=b c', 'Zürich ☃', 'back\\slash'].map(escapeKey)
  const notes = ['ok', '12345', 'has "quotes"', 'back\\slash\\', 'comma, = sp', ''].map(stringValue)
  const stations = seriesOf(400, span.scale)
  for (const time of times(span, 400, 60))
    for (let id = 0; id < stations; id += 1) {
      const site = escapeKey(`site #${id % 37}`)
      const key = `${escapeMeasurement(WEATHER)},city=${at(cities, id)},id=${id},site\\ name=${site}`
      const fields = [`temp\\ C=${chance.around(20, 5).toFixed(1)}`]
      if (chance.next() < 0.5) fields.push(`humidity=${chance.below(100)}`)
      if (chance.next() < 0.05) fields.push(`note=${chance.pick(notes)}`)
      yield [`${key} ${fields.join(',')} ${time}`, fields.length]
    }
}

const MESSAGES = [
  'login ok',
  'user "root" failed',
  'path C:\\tmp\\x, code=5',
  'línea uno\nlínea dos',
  '42',
  'true',
  'a,b c=d',
  '日本語 ☃ 🎉',
]

/** Irregular times in ns, texts of several lines, and a field that is an integer in the first half, a text afterwards. */
export function* events(span: Span): Iterable<DatasetLine> {
  const chance = new Chance('events')
  const levels = ['info', 'warn', 'error,fatal', 'de bug'].map(escapeKey)
  const middle = span.startNs + (span.endNs - span.startNs) / 2n
  const nodes = seriesOf(200, span.scale)
  for (const time of times(span, 200, 30))
    for (let node = 0; node < nodes; node += 1) {
      const moment = time + BigInt(chance.below(1800e9))
      const number = chance.below(600)
      const status = moment < middle ? `${number}i` : stringValue(String(number))
      const more = chance.next() < 0.5 ? ` #${chance.below(1e6)}` : ''
      const message = stringValue(chance.pick(MESSAGES) + more)
      const key = `events,app=app${node % 20},level=${at(levels, node)},node=n${node}`
      yield [`${key} msg=${message},ok=${chance.next() < 0.9},status=${status} ${moment}`, 3]
    }
}

/** One value a point, many series. */
export function* disk(span: Span): Iterable<DatasetLine> {
  const chance = new Chance('disk')
  const devices = seriesOf(800, span.scale)
  for (const time of times(span, 800, 60))
    for (let index = 0; index < devices; index += 1) {
      const used = Math.floor(chance.around(5e11, 1e11))
      yield [`disk,device=sd${at([...'abcdefgh'], index)},host=${host(index >> 3)} used=${used} ${time}`, 1]
    }
}

/** The name of another measurement, in another retention policy and with other types. */
export function* rollup(span: Span): Iterable<DatasetLine> {
  const chance = new Chance('rollup')
  const hosts = seriesOf(100, span.scale)
  for (let time = span.startNs; time < span.endNs; time += DAY_NS)
    for (let h = 0; h < hosts; h += 1) {
      const fields = `usage_user=${Math.floor(chance.around(30, 5))}i,procs=${chance.around(300, 10)}`
      yield [`cpu,host=${host(h)} ${fields} ${time}`, 2]
    }
}
