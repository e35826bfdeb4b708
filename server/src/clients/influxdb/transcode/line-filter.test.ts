import { expect, test } from 'vitest'
import { fc } from '../../../../../tools/lab/properties.testkit.ts'
import { LineFilter, type LineSelection } from './line-filter.ts'
import { cut, latin1, places } from './testkit/points.testkit.ts'
import { run } from './testkit/run.testkit.ts'

const LINES = [
  'cpu,host=a,dc=x\\ y f=1,g="a,b=\\"c" 10',
  'cpu,host=b "q=1i 20',
  'cpu,host=a text="two\nlines \xff\\\\" -1',
  'weather\\ station,host=a f=1 9223372036854775806',
  'cpu,host=a f=t 10',
].map((line) => `${line}\n`)

function filtered(selection: LineSelection, where: number[] = []) {
  const found = run(
    (out) => {
      const filter = new LineFilter(out, selection)
      const transcoder = {
        points: 0,
        values: 0,
        push: (chunk: Buffer) => filter.push(chunk),
        end: () => filter.end(),
      }
      return transcoder
    },
    cut(latin1(LINES.join('')), where),
    { maxLines: 1, maxBytes: 1000 },
  )
  return { text: found.lines.toString('latin1'), values: found.batches.map(({ values }) => values) }
}
const only = (...numbers: number[]) => numbers.map((number) => LINES[number]).join('')

test('without a selection every line passes, byte for byte, wherever the chunks are cut', () => {
  fc.assert(
    fc.property(places, (where) => {
      expect(filtered({}, where).text).toBe(LINES.join(''))
    }),
  )
  expect(filtered({}).values).toEqual([2, 1, 1, 1, 1])
})

test('lines pass by measurement', () => {
  expect(filtered({ measurement: (name) => name === 'weather station' }).text).toBe(only(3))
})

test('lines pass by tags, which come without escapes', () => {
  expect(filtered({ tags: (tags) => tags.get('dc') === 'x y' }).text).toBe(only(0))
  expect(filtered({ tags: (tags) => tags.get('host') === 'a' && !tags.has('dc') }).text).toBe(only(2, 3, 4))
})

test('lines pass by time, the end of the range left out', () => {
  expect(filtered({ startNs: 10n, endNs: 20n }).text).toBe(only(0, 4))
  expect(filtered({ startNs: -1n, endNs: 10n }).text).toBe(only(2))
  expect(filtered({ startNs: 11n }).text).toBe(only(1, 3))
  expect(filtered({ startNs: -(2n ** 70n), endNs: 2n ** 70n }).text).toBe(LINES.join(''))
})

test('what is not line protocol is found, in lines that would not pass as well', () => {
  const filter = () =>
    run(
      (out) => Object.assign(new LineFilter(out, { endNs: 0n }), { points: 0, values: 0 }),
      [latin1('m f=1 5\nm f=1\n')],
    )
  expect(filter).toThrow(expect.objectContaining({ code: 'restore-point-damaged' }))
})
