import { expect, test } from 'vitest'
import { fc } from '../../../../../tools/lab/properties.testkit.ts'
import { fileNameOf, instantName, isoInstant } from './file-names.ts'
import { windowRecord } from './window-records.ts'

test.each([
  ['cpu', 'cpu'],
  ['rp 90d', 'rp%2090d'],
  ['weather station, Ñ', 'weather%20station%2C%20%C3%91'],
  ['.hidden', '%2Ehidden'],
  ['a.b', 'a.b'],
  ['..', '%2E.'],
  ['100%', '100%25'],
])('%j is called %s', (name, expected) => {
  expect(fileNameOf(name)).toBe(expected)
})

test('no two names share a file name, and each is legal', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 })
  fc.assert(
    fc.property(name, name, (a, b) => {
      const file = fileNameOf(a)
      expect(Buffer.byteLength(file)).toBeLessThanOrEqual(200)
      expect(file).toMatch(/^[A-Za-z0-9_%-][A-Za-z0-9._%~-]*$/)
      expect(file === fileNameOf(b)).toBe(a === b)
    }),
  )
  const long = '%'.repeat(300)
  expect(fileNameOf(`${long}1`)).not.toBe(fileNameOf(`${long}2`))
})

test('a time is told with all its digits, also before 1970', () => {
  expect(isoInstant(1_794_000_000_000_000_001n)).toBe('2026-11-06T21:20:00.000000001Z')
  expect(isoInstant(-1n)).toBe('1969-12-31T23:59:59.999999999Z')
  expect(instantName(-9_223_372_036_854_775_806n)).toBe('1677-09-21T00-12-43.145224194Z')
})

test.each(['data/../x/y.lp.gz', '/etc/a/b.lp.gz', 'data/a/b/../c.lp.gz', 'data/a/.b/c.lp.gz', 'data/a/b/c'])(
  'a list of windows cannot lead to %s',
  (path) => {
    const record = {
      path,
      retentionPolicy: 'a',
      measurement: 'b',
      group: '1',
      from: '0',
      to: '1',
      points: 1,
      values: 1,
      bytes: 1,
      textBytes: 1,
      sha256: '0'.repeat(64),
      fields: [],
    }
    expect(windowRecord.safeParse({ ...record, path: 'data/a/b/c.lp.gz' }).success).toBe(true)
    expect(windowRecord.safeParse(record).success).toBe(false)
  },
)
