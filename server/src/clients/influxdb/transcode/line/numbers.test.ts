import { describe, expect, test } from 'vitest'
import { fc } from '../../../../../../tools/lab/properties.testkit.ts'
import { NUMBER_ROOM, putFloat, putInt64, putUint64 } from './print-number.ts'
import { NumberReader } from './read-number.ts'

const printed = (put: (out: Buffer) => number) => {
  const out = Buffer.alloc(40)
  const end = put(out)
  expect(end).toBeLessThanOrEqual(NUMBER_ROOM)
  return out.toString('latin1', 0, end)
}
const halves = (value: bigint): [number, number] => [
  Number(BigInt.asIntN(32, value >> 32n)),
  Number(BigInt.asIntN(32, value)),
]
const around = (...values: bigint[]) =>
  fc.constantFrom(...values.flatMap((value) => [value - 1n, value, value + 1n]))

test('any int64 is printed as it is', () => {
  const some = fc.oneof(
    fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
    around(0n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 10n ** 18n, -(2n ** 32n)),
  )
  fc.assert(
    fc.property(some, (value) => {
      expect(printed((out) => putInt64(out, 0, ...halves(value)))).toBe(String(value))
    }),
  )
})

test('any uint64 is printed as it is', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 64n - 1n), (value) => {
      expect(printed((out) => putUint64(out, 0, ...halves(value)))).toBe(String(value))
    }),
  )
})

test('any double is printed so that it reads back as the same bits', () => {
  const decimal = fc
    .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 12 }))
    .map(([a, b]) => a / 10 ** b)
  fc.assert(
    fc.property(fc.oneof(decimal, fc.double({ noNaN: true, noDefaultInfinity: true })), (value) => {
      expect(Object.is(Number(printed((out) => putFloat(out, 0, value))), value)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

describe('reading', () => {
  const number = new NumberReader()
  const read = (text: string) => number.read(Buffer.from(text), 0, text.length)
  const bits = () => (BigInt(number.high) << 32n) | BigInt(number.low >>> 0)

  test('takes back any integer and any double', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (whole, float) => {
          expect([read(`${whole}i`), bits()]).toEqual([true, whole])
          const words = new Int32Array(Float64Array.of(float).buffer)
          expect([read(Object.is(float, -0) ? '-0' : String(float)), number.low, number.high]).toEqual([
            true,
            ...words,
          ])
        },
      ),
      { numRuns: 1000 },
    )
  })

  test.each([
    '1',
    '1.',
    '.5',
    '-.5',
    '1e+5',
    '1E5',
    '1e5',
    '-1e-5',
    '01',
    '0.1e1',
    '1e-400',
    '-0i',
    '00012i',
    '1u',
    '18446744073709551615u',
    '-9223372036854775808i',
  ])('%s is a number', (text) => expect(read(text)).toBe(true))

  test.each([
    '',
    '-',
    '.',
    '+1',
    '1e',
    '1ee5',
    '1.2.3',
    '0x10',
    'NaN',
    'inf',
    '1e400',
    '1_0',
    '+1i',
    '1e5i',
    '1.0i',
    'i',
    '9223372036854775808i',
    '-9223372036854775809i',
    '18446744073709551616u',
    '-1u',
    '99999999999999999999i',
  ])('%s is none', (text) => expect(read(text)).toBe(false))
})
