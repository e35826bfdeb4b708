import { describe, expect, test } from 'vitest'
import { fc } from '../../../../../tools/lab/properties.testkit.ts'
import { WindowDigest } from './digest/window-digest.ts'
import { LineDigester } from './line-digester.ts'
import { groupedAnswer } from './testkit/answer.testkit.ts'
import { cut, latin1, places, type Table, table, value } from './testkit/points.testkit.ts'
import { digestOf, digestOfText, grouped } from './testkit/run.testkit.ts'

const differ = (a: string, b: string) => WindowDigest.differences(digestOfText(a), digestOfText(b))

describe('what means the same has the same digest', () => {
  test.each([
    ['m,a=1,b=2 f=1 5', 'm,b=2,a=1 f=1 5'],
    ['m f=1 5\nm f=2 6', 'm f=2 6\nm f=1 5\n'],
    ['m f=1,g=2 5', 'm g=2,f=1 5'],
    ['m f=1 5', 'm f=1.0 5'],
    ['m f=1 5', 'm f=1e0 5'],
    ['m f=100000 5', 'm f=1E5 5'],
    ['m f=.5 5', 'm f=0.5 05'],
    ['m f=12i 5', 'm f=0012i 5'],
    ['m f=t 5', 'm f=True 5'],
    ['m f=true 5', 'm f=T 5\n\n# a comment "\n'],
    ['m f=F 5', ' \tm  f=FALSE  5  '],
    ['m f="a\\b" 5', 'm f="a\\\\b" 5'],
    ['m\\=x f=1 5', 'm=x f=1 5'],
  ])('%j and %j', (a, b) => {
    expect(differ(a, b)).toEqual([])
    expect(digestOfText(a).points).toBe(digestOfText(b).points)
  })
})

describe('what means something else has another one', () => {
  test.each([
    ['m f=1 5', 'm f=1i 5'],
    ['m f=1i 5', 'm f=1u 5'],
    ['m f=1 5', 'm f="1" 5'],
    ['m f=t 5', 'm f="t" 5'],
    ['m f=t 5', 'm f=1i 5'],
    ['m f=0 5', 'm f=-0 5'],
    ['m f="" 5', 'm g=1 5'],
    ['m f=1 5', 'm f=1 6'],
    ['m f=1 5', 'm f=1 4294967301'],
    ['m f=1 5', 'm f=1 -5'],
    ['m f=1 5', 'm2 f=1 5'],
    ['m,a=1,b=2 f=1 5', 'm,a=2,b=1 f=1 5'],
    ['m,a=bc f=1 5', 'm,ab=c f=1 5'],
    ['m,a=1 f=1 5', 'm f=1 5'],
    ['m f="a\nb" 5', 'm f="a b" 5'],
    ['m f=1 5\nm f=2 6', 'm f=2 5\nm f=1 6'],
    ['m,a=1 f=1 5\nm,a=2 f=2 5', 'm,a=1 f=2 5\nm,a=2 f=1 5'],
    ['m f=1 5', 'm f=1 5\nm f=1 5'],
  ])('%j and %j', (a, b) => {
    expect(differ(a, b)).toContain('f')
  })

  test('any single value changed changes the digest of its field, and of no other', () => {
    fc.assert(
      fc.property(table, fc.nat(), value, (points: Table, pick, other) => {
        const cells = points.series.flatMap(({ points: rows }) =>
          rows.flatMap(({ values }) => values.map((_, field) => ({ values, field }))),
        )
        fc.pre(cells.length > 0)
        const { values, field } = cells[pick % cells.length] as (typeof cells)[number]
        const old = values[field] ?? null
        fc.pre(old === null || old.type !== other.type || !Object.is(old.value, other.value))
        const before = grouped([groupedAnswer(points)])
        values[field] = other
        const after = grouped([groupedAnswer(points)])
        values[field] = old
        expect(WindowDigest.differences(before.digest, after.digest)).toHaveLength(1)
      }),
      { numRuns: 150 },
    )
  })
})

test('lines may be cut anywhere', () => {
  fc.assert(
    fc.property(table, places, (points, where) => {
      const { lines, digest } = grouped([groupedAnswer(points)])
      expect(WindowDigest.differences(digestOf(cut(lines, where)), digest)).toEqual([])
      expect(
        WindowDigest.differences(digestOf(Array.from(lines, (byte) => Buffer.of(byte))), digest),
      ).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test('values as alike as can be have as many hashes', () => {
  const digest = new WindowDigest()
  const slot = digest.slot(latin1('f'))
  const seen = new Set<string>()
  let last = 0n
  for (let time = 0; time < 300; time++)
    for (let number = 0; number < 300; number++) {
      digest.row(1, 2, 0, time)
      digest.add(slot, 1, 0, number)
      const sum = BigInt(`0x${digest.fields().get('f')?.sum}`)
      const lane = (shift: bigint) => BigInt.asUintN(32, (sum >> shift) - (last >> shift))
      seen.add(`${lane(32n)} ${lane(0n)}`)
      last = sum
    }
  expect(seen.size).toBe(90_000)
})

test('a sliced digest is the same as a whole one, and tells in which time a difference lies', () => {
  const names = Array.from({ length: 100 }, (_, n) => `f${n}`)
  const times = Array.from(
    { length: 50 },
    (_, n) => 1_794_000_000_000_000_000n + BigInt(n) * 1_000_000_000_000n,
  )
  const lines = (changed: readonly bigint[]) =>
    times
      .map(
        (time, n) =>
          `m ${names[n]}=${n},${names[99 - n]}=1i${changed.includes(time) ? ',late=1' : ''} ${time}`,
      )
      .join('\n')
  const slices = { startNs: times[0] ?? 0n, endNs: (times[49] ?? 0n) + 1_000_000_000_000n, count: 10 }
  const sliced = (text: string) => {
    const digest = new WindowDigest(slices)
    const digester = new LineDigester(digest)
    digester.push(Buffer.from(text))
    digester.end()
    return digest
  }
  const whole = sliced(lines([]))
  expect(WindowDigest.differences(whole, digestOfText(lines([])))).toEqual([])
  expect(WindowDigest.differingTimes(whole, sliced(lines([])))).toEqual([])
  const [third, fourth, last] = [times[12] ?? 0n, times[17] ?? 0n, times[49] ?? 0n]
  const found = WindowDigest.differingTimes(whole, sliced(lines([third, fourth, last])))
  expect(found).toHaveLength(2)
  for (const time of [third, fourth, last])
    expect(found.filter(({ startNs, endNs }) => startNs <= time && time < endNs)).toHaveLength(1)
  expect(found[0]?.endNs ?? 0n).toBeLessThan(times[21] ?? 0n)
  expect(found[1]?.endNs).toBe(slices.endNs)
})

test('the digest of a file is the same in every version', () => {
  expect(
    Object.fromEntries(digestOfText('m,t=é f=1.5,g=-7i,h="text",i=t 1600000000000000001\n').fields()),
  ).toEqual({
    f: { count: 1, sum: '2297c00b65c65f9d' },
    g: { count: 1, sum: '7896a54218e2105e' },
    h: { count: 1, sum: '586f4b7fd18c0bd3' },
    i: { count: 1, sum: 'b79bbca8e693d2c1' },
  })
})

test.each([
  'm',
  'm f=1',
  'm f=1 x',
  'm f=1 99999999999999999999',
  'm,t= f=1 5',
  'm,=v f=1 5',
  ',t=v f=1 5',
  'm f 5',
  'm =1 5',
  'm f=1,, 5',
  'm f="a 5',
  'm f=1_0 5',
  'm f=tRUE 5',
  'm f="a"b 5',
  'm  5',
])('%j is no line', (line) => {
  expect(() => digestOfText(`ok f=1 5\n${line}\n`)).toThrow(
    expect.objectContaining({ code: 'restore-point-damaged', message: expect.stringContaining('Line 2') }),
  )
})
