import { expect, test } from 'vitest'
import { fc } from '../../../../../tools/lab/properties.testkit.ts'
import { AnswerDigester } from './answer-digester.ts'
import { WindowDigest } from './digest/window-digest.ts'
import { GroupedTranscoder } from './grouped-transcoder.ts'
import { chunk, encoded, groupedAnswer, integer, list, series, text } from './testkit/answer.testkit.ts'
import { cut, places, type Table, table } from './testkit/points.testkit.ts'
import { digestOfText, grouped, run } from './testkit/run.testkit.ts'

function digested(chunks: readonly Buffer[], unsignedFields: string[] = []) {
  const digest = new WindowDigest()
  const digester = new AnswerDigester(digest, { unsignedFields })
  for (const one of chunks) {
    const own = Buffer.from(one)
    digester.push(own)
    own.fill(0xdd)
  }
  digester.end()
  return { digest, points: digester.points, values: digester.values }
}

const shown = ({ digest, points, values }: ReturnType<typeof digested>) => ({
  fields: [...digest.fields()].sort(),
  counts: [digest.points, points, values],
})

test('any points have the digest that printing them gives, wherever the chunks are cut', () => {
  fc.assert(
    fc.property(table, places, places, (points, some, others) => {
      const answer = groupedAnswer(points)
      expect(shown(digested(cut(answer, some)))).toEqual(shown(grouped(cut(answer, others))))
    }),
    { numRuns: 150 },
  )
})

test('series after series may have other tags and other columns', () => {
  const row = list([integer(5n), encoded({ type: 'boolean', value: true })])
  const answer = chunk(
    [
      series('m', [['b', '1']], ['time', 'f'], [row]),
      series(
        'm',
        [
          ['c', '2'],
          ['a', 'x y'],
          ['b', ''],
        ],
        ['time', 'g'],
        [row],
      ),
      series(
        'other, one',
        [
          ['b', '3'],
          ['a', 'x'],
        ],
        ['time', 'g'],
        [row],
      ),
      series('m', [], ['time', 'f'], [row]),
    ],
    false,
  )
  const lines = 'm,b=1 f=t 5\nm,a=x\\ y,c=2 g=t 5\nother\\,\\ one,a=x,b=3 g=t 5\nm f=t 5\n'
  expect(grouped([answer]).lines.toString()).toBe(lines)
  expect(WindowDigest.differences(digested([answer]).digest, digestOfText(lines))).toEqual([])
})

test('unsigned fields are what the schema says', () => {
  const rows = [
    list([integer(1n), encoded({ type: 'integer', value: 5n })]),
    list([integer(2n), encoded({ type: 'unsigned', value: 200n })]),
  ]
  const answer = chunk([series('m', [], ['time', 'f'], rows)], false)
  const options = { unsignedFields: ['f'] }
  const told = run((out, digest) => new GroupedTranscoder(out, digest, options), [answer])
  expect(shown(digested([answer], ['f']))).toEqual(shown(told))
  expect(WindowDigest.differences(digested([answer]).digest, told.digest)).toEqual(['f'])
})

test('a float of 32 bits counts as the double it is; what is no finite number is no answer', () => {
  const answer = (value: Buffer) =>
    chunk([series('m', [], ['time', 'f'], [list([integer(1n), value])])], false)
  const narrow = Buffer.from([0xca, 0x3f, 0xc0, 0, 0])
  expect(WindowDigest.differences(digested([answer(narrow)]).digest, digestOfText('m f=1.5 1'))).toEqual([])
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    expect(() => digested([answer(encoded({ type: 'float', value }))])).toThrow(
      expect.objectContaining({ code: 'node-answer-invalid' }),
    )
  expect(() => digested([answer(text('x')), answer(Buffer.of(0x80))])).toThrow(
    expect.objectContaining({ code: 'node-answer-invalid' }),
  )
})

test('names that line protocol cannot express are told apart all the same', () => {
  const of = (tag: string): Table => ({
    measurement: 'm',
    tagKeys: ['k'],
    fieldKeys: ['f'],
    series: [{ tags: [tag], points: [{ time: 1n, values: [{ type: 'boolean', value: true }] }] }],
  })
  const [one, other] = ['a\\', 'b\\'].map((tag) => digested([groupedAnswer(of(tag))]).digest)
  expect(one && other && WindowDigest.differences(one, other)).toEqual(['f'])
})

test('a tag that comes twice is no answer, for either', () => {
  const row = list([integer(5n), encoded({ type: 'boolean', value: true })])
  const tags: [string, string][] = [
    ['k', '1'],
    ['k', '2'],
  ]
  const answer = chunk([series('m', tags, ['time', 'f'], [row])], false)
  const invalid = expect.objectContaining({ code: 'node-answer-invalid' })
  expect(() => digested([answer])).toThrow(invalid)
  expect(() => grouped([answer])).toThrow(invalid)
})
