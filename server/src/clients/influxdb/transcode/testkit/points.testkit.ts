import { fc } from '../../../../../../tools/lab/properties.testkit.ts'

/** A value with its type. Strings are bytes as latin1 text, so that any byte can be in them and sets compare plainly. */
export type Value =
  | { type: 'float'; value: number }
  | { type: 'integer' | 'unsigned'; value: bigint }
  | { type: 'boolean'; value: boolean }
  | { type: 'string'; value: string }

export interface Point {
  time: bigint
  /** In the order of the field keys of the table; null where the field has no value. */
  values: (Value | null)[]
}

export interface Series {
  /** In the order of the tag keys of the table; empty where the series has no such tag. */
  tags: string[]
  points: Point[]
}

/** Points of one measurement, as a window holds them. All names are bytes as latin1 text. */
export interface Table {
  measurement: string
  tagKeys: string[]
  fieldKeys: string[]
  series: Series[]
}

export const latin1 = (text: string) => Buffer.from(text, 'latin1')

/** Bytes with a liking for those that mean something. */
const bytes = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...' ,="\\\t#\0a\xff\xc3\xa9i1.e') },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)) },
)
const text = (max: number) => fc.array(bytes, { maxLength: max }).map((all) => all.join(''))

/** Names that line protocol can express; which it cannot is a table of its own. */
const name = text(8).map((raw) => `n${raw.replace(/[\n\\]/g, '_')}`)
/** Backslashes that stay as they are: in the middle, before an ordinary byte. */
const nameWithBackslash = name.map((raw) => `${raw}\\x`)
const anyName = fc.oneof(name, nameWithBackslash)

const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n }
const integer = fc.oneof(
  fc.bigInt(INT64),
  fc.bigInt({ min: -70_000n, max: 70_000n }),
  fc.constantFrom(INT64.min, INT64.max, 0n, -1n, 127n, 128n, -32n, -33n, 2n ** 53n + 1n),
)
const float = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1e6, max: 1e6 }).map((whole) => whole / 100),
  fc.constantFrom(
    0,
    -0,
    5e-324,
    1e300,
    1.7976931348623157e308,
    0.1 + 0.2,
    1e21,
    123456789012345680,
    1e9,
    1e15,
  ),
)
export const value: fc.Arbitrary<Value> = fc.oneof(
  integer.map((value) => ({ type: 'integer' as const, value })),
  fc.bigInt({ min: 128n, max: 2n ** 64n - 1n }).map((value) => ({ type: 'unsigned' as const, value })),
  float.map((value) => ({ type: 'float' as const, value })),
  fc.boolean().map((value) => ({ type: 'boolean' as const, value })),
  fc
    .oneof(text(40), text(3), fc.constant('x\n'.repeat(200)))
    .map((value) => ({ type: 'string' as const, value })),
)

const names = (max: number, min: number) => fc.uniqueArray(anyName, { minLength: min, maxLength: max })

export const table: fc.Arbitrary<Table> = fc
  .record({ measurement: name, tagKeys: names(3, 0), fieldKeys: names(4, 1) })
  .chain(({ measurement, tagKeys, fieldKeys }) =>
    fc
      .uniqueArray(
        fc.record({
          tags: fc.tuple(...tagKeys.map(() => fc.oneof(anyName, fc.constant('')))),
          points: fc.uniqueArray(
            fc.record({
              time: integer,
              values: fc.tuple(...fieldKeys.map(() => fc.option(value, { freq: 4 }))),
            }),
            { maxLength: 4, selector: ({ time }) => time },
          ),
        }),
        { maxLength: 4, selector: ({ tags }) => tags.join('\n') },
      )
      .map((series) => ({ measurement, tagKeys, fieldKeys, series })),
  )

/** Cuts bytes at some places, which stand for shares of the whole. */
export function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [
    0,
    ...places.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b),
    bytes.length,
  ]
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
}

export const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })
