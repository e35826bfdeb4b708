import { describe, expect, test } from 'vitest'
import { fc } from '../../../../../tools/lab/properties.testkit.ts'
import { WindowDigest } from './digest/window-digest.ts'
import { GroupedTranscoder } from './grouped-transcoder.ts'
import {
  chunk,
  encoded,
  flatAnswer,
  groupedAnswer,
  list,
  map,
  series,
  TRUE,
  text,
} from './testkit/answer.testkit.ts'
import { cut, latin1, type Point, places, type Table, table, type Value } from './testkit/points.testkit.ts'
import { digestOf, flat, grouped, run } from './testkit/run.testkit.ts'
import { parseLines } from './testkit/strict-parser.testkit.ts'

const byKey = <T>(pairs: [string, T][]) => pairs.sort(([a], [b]) => (a < b ? -1 : 1))

/** What should come out: the points that have a value, in an order that does not depend on the way. */
function expected({ measurement, tagKeys, fieldKeys, series }: Table): string[] {
  return series
    .flatMap(({ tags, points }) =>
      points
        .filter(({ values }) => values.some((value) => value !== null))
        .map(({ time, values }) =>
          shown({
            measurement,
            tags: tagKeys
              .map((key, i): [string, string] => [key, tags[i] ?? ''])
              .filter(([, value]) => value !== ''),
            fields: fieldKeys.flatMap((key, i): [string, Value][] => (values[i] ? [[key, values[i]]] : [])),
            time,
          }),
        ),
    )
    .sort()
}

function shown(point: ReturnType<typeof parseLines>[number]): string {
  const value = (v: Value) => `${v.type}:${Object.is(v.value, -0) ? '-0' : String(v.value)}`
  return JSON.stringify([
    point.measurement,
    byKey(point.tags),
    byKey(point.fields.map(([key, v]): [string, string] => [key, value(v)])),
    String(point.time),
  ])
}

const parsed = (lines: Buffer) => parseLines(lines).map(shown).sort()

describe('any points', () => {
  test('come through grouped and flat answers exactly, wherever the chunks are cut, with one digest', () => {
    fc.assert(
      fc.property(table, places, places, (points, some, others) => {
        const want = expected(points)
        const one = grouped(cut(groupedAnswer(points), some))
        const other = flat(points, cut(flatAnswer(points), others))
        expect(parsed(one.lines)).toEqual(want)
        expect(parsed(other.lines)).toEqual(want)
        expect([one.points, other.points]).toEqual([want.length, want.length])
        expect([...other.digest.fields()].sort()).toEqual([...one.digest.fields()].sort())
        expect([...digestOf(cut(other.lines, some)).fields()].sort()).toEqual([...one.digest.fields()].sort())
        const counted = [...one.digest.fields().values()].reduce((sum, { count }) => sum + count, 0)
        expect([one.values, other.values]).toEqual([counted, counted])
      }),
      { numRuns: 150 },
    )
  })

  test('come through one byte at a time', () => {
    fc.assert(
      fc.property(table, (points) => {
        const bytes = (answer: Buffer) => Array.from(answer, (byte) => Buffer.of(byte))
        expect(parsed(grouped(bytes(groupedAnswer(points))).lines)).toEqual(expected(points))
        expect(parsed(flat(points, bytes(flatAnswer(points))).lines)).toEqual(expected(points))
      }),
      { numRuns: 30 },
    )
  })
})

/** One series without tags, whose only field `f` has these values, a nanosecond apart. */
function answerOf(...values: (Value | null)[]): Buffer {
  const points = values.map((value, i): Point => ({ time: BigInt(i), values: [value] }))
  return groupedAnswer({ measurement: 'm', tagKeys: [], fieldKeys: ['f'], series: [{ tags: [], points }] })
}

describe('values', () => {
  const cases: [string, Value][] = [
    ['9223372036854775807i', { type: 'integer', value: 2n ** 63n - 1n }],
    ['-9223372036854775808i', { type: 'integer', value: -(2n ** 63n) }],
    ['9007199254740993i', { type: 'integer', value: 9007199254740993n }],
    ['-4294967296i', { type: 'integer', value: -4294967296n }],
    ['18446744073709551615u', { type: 'unsigned', value: 2n ** 64n - 1n }],
    ['-0', { type: 'float', value: -0 }],
    ['0', { type: 'float', value: 0 }],
    ['5e-324', { type: 'float', value: 5e-324 }],
    ['1e+300', { type: 'float', value: 1e300 }],
    ['-1.7976931348623157e+308', { type: 'float', value: -1.7976931348623157e308 }],
    ['0.30000000000000004', { type: 'float', value: 0.1 + 0.2 }],
    ['1234567.125', { type: 'float', value: 1234567.125 }],
    ['0.000001', { type: 'float', value: 1e-6 }],
    ['9007199254740991', { type: 'float', value: 9007199254740991 }],
    ['t', { type: 'boolean', value: true }],
    ['f', { type: 'boolean', value: false }],
    ['""', { type: 'string', value: '' }],
    ['"1i"', { type: 'string', value: '1i' }],
    ['"a\\"b\\\\c\nd, =\xff\xfe\0"', { type: 'string', value: 'a"b\\c\nd, =\xff\xfe\0' }],
  ]
  test.each(cases)('%s is written so', (written, value) => {
    expect(grouped([answerOf(value)]).lines.toString('latin1')).toBe(`m f=${written} 0\n`)
  })

  test('a row of nulls is no line', () => {
    const { lines, points } = grouped([answerOf(null, { type: 'boolean', value: true }, null)])
    expect([lines.toString(), points]).toEqual(['m f=t 1\n', 1])
  })

  test('a string of 60 kB arrives in pieces of 1 kB', () => {
    const value = '"\\\xff\n'.repeat(15_000)
    const answer = answerOf({ type: 'string', value })
    const pieces = Array.from({ length: Math.ceil(answer.length / 1024) }, (_, i) =>
      answer.subarray(1024 * i, 1024 * (i + 1)),
    )
    expect(parseLines(grouped(pieces).lines)[0]?.fields).toEqual([['f', { type: 'string', value }]])
  })

  test('unsigned fields up to 127 are told by the schema, as msgpack does not', () => {
    const answer = answerOf({ type: 'integer', value: 5n }, { type: 'unsigned', value: 200n })
    const told = run((out, digest) => new GroupedTranscoder(out, digest, { unsignedFields: ['f'] }), [answer])
    expect(told.lines.toString()).toBe('m f=5u 0\nm f=200u 1\n')
    expect(WindowDigest.differences(told.digest, digestOf([told.lines]))).toEqual([])
    expect(grouped([answer]).lines.toString()).toBe('m f=5i 0\nm f=200u 1\n')
  })
})

describe('tag values with backslashes in a flat answer', () => {
  const of = (tag: string, tagKey = 'k'): Table => ({
    measurement: 'm',
    tagKeys: [tagKey],
    fieldKeys: ['f'],
    series: [{ tags: [tag], points: [{ time: 1n, values: [{ type: 'boolean', value: true }] }] }],
  })
  test.each(['C:\\dir', 'a\\,b', 'a\\\\ b', 'x\\"', 'a\\\nb'])('%j stays as it is', (tag) => {
    expect(parsed(flat(of(tag), [flatAnswer(of(tag))]).lines)).toEqual(expected(of(tag)))
  })
  test.each(['a\\', 'a\nb', 'a\\\\\nb', '\\'])('%j is refused', (tag) => {
    for (const transcode of [
      () => flat(of(tag), [flatAnswer(of(tag))]),
      () => grouped([groupedAnswer(of(tag))]),
    ])
      expect(transcode).toThrow(expect.objectContaining({ code: 'points-refused' }))
  })
  test('a quote that the server would miscount is refused', () => {
    const table = of('v"c', 'a\\ b')
    for (const transcode of [() => flat(table, [flatAnswer(table)]), () => grouped([groupedAnswer(table)])])
      expect(transcode).toThrow(expect.objectContaining({ code: 'points-refused' }))
  })
})

describe('answers that are not whole or not answers', () => {
  const good = answerOf({ type: 'boolean', value: true })
  test('an error in the middle is what the server refused', () => {
    const failed = map([['results', list([map([['error', text('query interrupted')]])])]])
    const partial = chunk(
      [series('m', [], ['time', 'f'], [list([encoded({ type: 'integer', value: 1n }), TRUE])])],
      true,
    )
    for (const chunks of [[failed], [partial, failed], [map([['error', text('query interrupted')]])]])
      expect(() => grouped(chunks)).toThrow(
        expect.objectContaining({
          code: 'node-refused',
          message: expect.stringContaining('query interrupted'),
        }),
      )
  })

  test('an answer cut off anywhere is found', () => {
    for (let end = 0; end < good.length; end++)
      expect(() => grouped([good.subarray(0, end)])).toThrow(
        expect.objectContaining({ code: 'node-answer-invalid' }),
      )
  })

  test('an answer that says more would follow is found', () => {
    expect(() => grouped([chunk([], true)])).toThrow(expect.objectContaining({ code: 'node-answer-invalid' }))
    expect(grouped([chunk([], true), chunk([], false)]).points).toBe(0)
  })

  test.each([
    '{"results":[]}',
    '<html>',
    '\xc1',
    '\x91'.repeat(5000),
    `\x81\xa7results\x91\x81\xa1x${'\x91'.repeat(5000)}`,
  ])('garbage %# is no answer', (garbage) => {
    expect(() => grouped([latin1(garbage)])).toThrow(expect.objectContaining({ code: 'node-answer-invalid' }))
  })

  test('rows with other columns than announced are no answer', () => {
    const short = chunk([series('m', [], ['time', 'f'], [list([TRUE])])], false)
    expect(() => grouped([short])).toThrow(expect.objectContaining({ code: 'node-answer-invalid' }))
    const other: Table = { measurement: 'other', tagKeys: [], fieldKeys: ['f'], series: [] }
    expect(() => flat(other, [good])).toThrow(expect.objectContaining({ code: 'node-answer-invalid' }))
  })

  test('any bytes end in an error or an answer, never in another one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(), (bytes, at) => {
        const broken = Buffer.from(good)
        broken.set(
          bytes.subarray(0, broken.length),
          Math.min(at % broken.length, broken.length - Math.min(bytes.length, broken.length)),
        )
        try {
          grouped([broken])
        } catch (thrown) {
          expect(thrown).toMatchObject({ name: 'HoldfastError' })
        }
      }),
    )
  })
})
