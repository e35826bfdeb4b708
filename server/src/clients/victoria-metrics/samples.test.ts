import { describe, expect, test } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { type LineBatch, LineBuffer } from '../influxdb/transcode/line/line-buffer.ts'
import { groupedAnswer } from '../influxdb/transcode/testkit/answer.testkit.ts'
import { cut, places, type Table, table } from '../influxdb/transcode/testkit/points.testkit.ts'
import { grouped } from '../influxdb/transcode/testkit/run.testkit.ts'
import { FoundSamples, type Wanted } from './found-samples.ts'
import { LineSamples } from './line-samples.ts'
import { SampleDigest, SampleHash } from './sample-digest.ts'
import { SampleEncoder } from './sample-encoder.ts'
import { SampleSet } from './sample-set.ts'
import { SampleWriter } from './sample-writer.ts'

const sample = (seriesA: number, timeMs: number) => {
  const hash = new SampleHash()
  hash.set(seriesA, 7, timeMs)
  return hash
}

function digestOf(
  samples: readonly (readonly [series: number, timeMs: number, value: number])[],
): SampleDigest {
  const digest = new SampleDigest()
  for (const [series, timeMs, value] of samples) digest.metric('m').add(sample(series, timeMs), value)
  return digest
}

const START = 1_794_000_000_000
const BASE = Array.from({ length: 5000 }, (_, n) => [n % 7, START + n * 1000, Math.PI * n] as const)

describe('the digest of samples', () => {
  const verdict = (other: typeof BASE) => digestOf(BASE).verdict('m', digestOf(other))

  test('does not ask for the order', () => {
    expect(verdict([...BASE].reverse())).toBe('identical')
  })

  test('takes numbers with 12 digits for the same, -0 for 0, and the smallest for 0', () => {
    expect(verdict(BASE.map(([s, t, v]) => [s, t, Number(v.toPrecision(12))]))).toBe('rounded')
    expect(digestOf([[1, 0, -0]]).verdict('m', digestOf([[1, 0, 0]]))).toBe('identical')
    expect(digestOf([[1, 0, 5e-324]]).verdict('m', digestOf([[1, 0, 0]]))).toBe('rounded')
    expect(
      digestOf([[1, 0, 1.7976931348623157e308]]).verdict('m', digestOf([[1, 0, 1.797693134862315e308]])),
    ).toBe('rounded')
  })

  test.each<[string, (samples: typeof BASE) => typeof BASE]>([
    ['a number that is a little off', (all) => all.map(([s, t, v], n) => [s, t, n === 4321 ? v + 1e-3 : v])],
    ['a time that is 1 ms off', (all) => all.map(([s, t, v], n) => [s, n === 9 ? t + 1 : t, v])],
    ['a 0 at another time', (all) => all.map(([s, t, v], n) => [s, n === 0 ? t + 1 : t, v])],
    ['another series', (all) => all.map(([s, t, v], n) => [n === 9 ? 99 : s, t, v])],
    ['two numbers exchanged', (all) => all.map(([s, t, v], n) => [s, t, n < 2 ? Math.PI * (1 - n) : v])],
    ['a sample that is missing', (all) => all.slice(1)],
    ['no number', (all) => all.map(([s, t, v], n) => [s, t, n === 9 ? Number.POSITIVE_INFINITY : v])],
  ])('notices %s', (_, change) => {
    expect(verdict(change(BASE))).toBe('different')
  })

  test('says that there are more', () => {
    expect(verdict([...BASE, [1, 1, 1]])).toBe('surplus')
  })
})

test('a set of samples finds what is in it, with the same number only', () => {
  const set = new SampleSet()
  for (const [series, timeMs, value] of BASE) set.add(sample(series, timeMs), value)
  expect(set.size).toBe(BASE.length)
  for (const [series, timeMs, value] of BASE) {
    expect(set.has(sample(series, timeMs), value * (1 + 1e-12), 1e4)).toBe(true)
    expect(set.has(sample(series, timeMs), value + 1, 1e4)).toBe(false)
    expect(set.has(sample(series, timeMs + 1), value, 1e4)).toBe(false)
    expect(set.hasOther(sample(series, timeMs), value * (1 + 1e-12), 1e4)).toBe(false)
    expect(set.hasOther(sample(series, timeMs), value + 1, 1e4)).toBe(true)
    expect(set.hasOther(sample(series, timeMs + 1), value, 1e4)).toBe(false)
  }
})

test('what was read back counts once however often it is there, unless its numbers differ', () => {
  const wanted: Wanted = {
    metrics: new Set(['m']),
    databases: new Set(['d']),
    policies: new Set(['']),
    startMs: 10,
    endMs: 20,
  }
  const found = new FoundSamples(true)
  const take = found.visitor(wanted)
  take({ __name__: 'm', db: 'd' }, [9, 1, 1, 1, 2, 2.5, 2, 7], [9, 10, 10, 10, 11, 11, 11, 20])
  take({ __name__: 'm', db: 'other' }, [1], [12])
  take({ __name__: 'm', db: 'd', rp: 'x' }, [1], [12])
  take({ __name__: 'n', db: 'd' }, [1], [12])
  expect(found.digest.samples).toBe(3)
  expect(found.set.size).toBe(3)
})

describe('points of a server and those of a file', () => {
  interface Reader {
    push(chunk: Buffer): void
    end(): void
  }
  /** What is written of them, series by series. */
  const written = (chunks: readonly Buffer[], reader: (writer: SampleWriter) => Reader) => {
    const parts: Buffer[] = []
    const onBatch = (batch: LineBatch) => parts.push(Buffer.from(batch.bytes))
    const out = new LineBuffer({ maxLines: 7, maxBytes: 1 << 16, onBatch })
    const digest = new SampleDigest()
    const present = new FoundSamples(true)
    const writer = new SampleWriter(out, digest, {
      labels: { db: 'd', rp: null },
      present,
      leavesOthers: true,
    })
    const read = reader(writer)
    for (const chunk of chunks) {
      const own = Buffer.from(chunk)
      read.push(own)
      own.fill(0xdd)
    }
    read.end()
    writer.flush()
    out.flush()
    const lines = Buffer.concat(parts).toString('latin1').split('\n').slice(0, -1)
    const series = lines.map((line) => {
      const { metric, values, timestamps } = JSON.parse(line)
      return JSON.stringify([Object.entries(metric).sort(), values, timestamps])
    })
    return { series: series.sort(), digest, samples: writer.written }
  }

  test('become the same samples, whatever they are and wherever they are cut', () => {
    /** None before 1970, and each series in the order of its times. */
    const later = table.map((one) => ({
      ...one,
      series: one.series.map(({ tags, points }) => ({
        tags,
        points: points
          .map(({ time, values }) => ({ time: time < 0n ? -1n - time : time, values }))
          .sort((one, other) => (one.time < other.time ? -1 : 1)),
      })),
    }))
    fc.assert(
      fc.property(later, places, places, (points: Table, some, others) => {
        const { lines } = grouped([groupedAnswer(points)])
        const one = written(cut(groupedAnswer(points), some), (writer) => new SampleEncoder(writer))
        const other = written(cut(lines, others), (writer) => new LineSamples(writer, new Set()))
        expect(other.series).toEqual(one.series)
        expect(other.samples).toBe(one.samples)
        for (const [name] of one.digest.metrics())
          expect(one.digest.verdict(name, other.digest)).toBe('identical')
      }),
    )
  })

  test('a file tells the fields whose strings were left out', () => {
    const texts = new Set<string>()
    const lines = ['m s="a",f=1,g="x" 1000000', 'm f=2,late=3u,t=t 2000000', 'm g=9 3000000']
    const { series } = written(
      lines.map((line) => Buffer.from(`${line}\n`)),
      (writer) => new LineSamples(writer, texts),
    )
    expect([...texts]).toEqual(['s', 'g'])
    const labels = (name: string) => [
      ['__name__', name],
      ['db', 'd'],
    ]
    expect(series.map((one) => JSON.parse(one))).toEqual([
      [labels('m_f'), [1, 2], [1, 2]],
      [labels('m_g'), [9], [3]],
      [labels('m_late'), [3], [2]],
      [labels('m_t'), [1], [2]],
    ])
  })
})
