import { expect, test } from 'vitest'
import {
  escapeKey,
  escapeMeasurement,
  stringValue,
} from '../../../../tools/lab/influxdb/dataset/line-text.ts'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { contentsOf } from './testkit/contents.ts'
import { CopyBench } from './testkit/copy-bench.ts'

const FIRST_NS = 1_700_000_000_000_000_000n
/** Some weeks: points lie in several shards. */
const SPAN_NS = 60n * 86_400n * 1_000_000_000n

/** Line protocol has no way to say a line break in a name, nor a backslash at its end. */
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !/[\n\r\0\\]|^[#_]|^time$|^\s|\s$/.test(text) && text.trim() !== '')

const text = fc
  .string({ unit: 'binary', maxLength: 40 })
  .filter((value) => !/[\0\r]/.test(value) && isWellFormed(value))

function isWellFormed(value: string): boolean {
  return value.isWellFormed()
}

/** The first letter of a field says its type, so that no two points of a shard contradict each other. */
const field = fc.oneof(
  fc
    .tuple(name, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
    .map(([key, n]) => [`i${key}`, `${n}i`]),
  fc
    .tuple(name, fc.double({ noNaN: true, noDefaultInfinity: true }))
    .map(([key, n]) => [`f${key}`, Object.is(n, -0) ? '-0' : String(n).replace('e+', 'e')]),
  fc.tuple(name, text).map(([key, value]) => [`s${key}`, stringValue(value)]),
  fc.tuple(name, fc.boolean()).map(([key, value]) => [`b${key}`, String(value)]),
)

const point = fc
  .record({
    measurement: fc.constantFrom('a', 'b c', 'd,e', 'Ñ "q"'),
    tags: fc.uniqueArray(fc.tuple(name, name), { selector: ([key]) => key, maxLength: 3 }),
    fields: fc.uniqueArray(field, { selector: ([key]) => key, minLength: 1, maxLength: 4 }),
    time: fc.bigInt({ min: FIRST_NS, max: FIRST_NS + SPAN_NS }),
  })
  .map(({ measurement, tags, fields, time }) => {
    const series = tags.map(([key, value]) => `,${escapeKey(`t${key}`)}=${escapeKey(value)}`).join('')
    const values = fields.map(([key = '', value]) => `${escapeKey(key)}=${value}`).join(',')
    return `${escapeMeasurement(measurement)}${series} ${values} ${time}`
  })

test.skipIf(requires('influxdb'))(
  'any points arrive as they are',
  async () => {
    await using bench = await CopyBench.start()
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.array(point, { minLength: 1, maxLength: 30 }), async (lines) => {
        count += 1
        const db = `any_${count}`
        await bench.source.query(`CREATE DATABASE "${db}" WITH SHARD DURATION 1d`)
        const { status, body } = await bench.source.write(lines.join('\n'), db, 'autogen')
        expect({ status, said: body.toString() }).toMatchObject({ status: 204 })
        bench.begin({ databases: [{ name: db }] })
        await bench.run()
        expect(await contentsOf(bench.destination, db)).toEqual(await contentsOf(bench.source, db))
        for (const server of [bench.source, bench.destination]) await server.query(`DROP DATABASE "${db}"`)
      }),
      { numRuns: 15 },
    )
  },
  120_000,
)
