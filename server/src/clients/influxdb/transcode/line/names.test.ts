import { describe, expect, test } from 'vitest'
import { nameText } from './name-text.ts'
import { checkSeriesKey, escapeName, type NameKind } from './names.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')

/** Each was written to an InfluxDB 1.6.7 and read back as the very name. */
const EXPRESSIBLE: [NameKind, string, string][] = [
  ['measurement', 'a b,c=d"e', 'a\\ b\\,c=d"e'],
  ['measurement', ' lead', '\\ lead'],
  ['measurement', '\\x', '\\x'],
  ['measurement', 'a\\\nb', 'a\\\nb'],
  ['measurement', 'a\xff', 'a\xff'],
  ['tag key', 'a=b c,d', 'a\\=b\\ c\\,d'],
  ['tag key', '#hash', '#hash'],
  ['tag key', '\tlead', '\tlead'],
  ['tag value', 'a\\,b', 'a\\\\,b'],
  ['tag value', 'a\\ b', 'a\\\\ b'],
  ['tag value', 'a\\\\=b', 'a\\\\\\=b'],
  ['tag value', 'x\\"', 'x\\"'],
  ['tag value', 'C:\\dir', 'C:\\dir'],
  ['field key', '=x', '\\=x'],
  ['field key', '"q"', '"q"'],
  ['field key', 'a\\b', 'a\\b'],
  ['field key', 'a\\\\,b', 'a\\\\\\,b'],
  ['field key', 'a\\"b', 'a\\\\"b'],
  ['field key', 'a\\\\"b', 'a\\\\\\"b'],
]

/** Each was refused by an InfluxDB 1.6.7, or stored as another name. */
const INEXPRESSIBLE: [NameKind, string][] = [
  ['measurement', ''],
  ['measurement', '#hash'],
  ['measurement', '\tlead'],
  ['measurement', '\0lead'],
  ['measurement', 'a\nb'],
  ['measurement', 'a\\'],
  ['measurement', 'a\\,b'],
  ['measurement', 'a\\ b'],
  ['measurement', 'a\\=b'],
  ['measurement', 'a\\\\"b'],
  ['tag key', ''],
  ['tag key', 'a\\'],
  ['tag key', 'a\nb'],
  ['tag value', 'a\\\\'],
  ['tag value', 'a\\\\\nb'],
  ['field key', 'a\\'],
  ['field key', 'a\\,b'],
  ['field key', 'a\\ b'],
  ['field key', 'a\\=b'],
  ['field key', 'a\nb'],
  ['field key', '\tlead'],
]

describe('names', () => {
  test.each(EXPRESSIBLE)('%s %j is written as %j', (kind, name, written) => {
    expect(escapeName(kind, latin1(name)).toString('latin1')).toBe(written)
  })

  test.each(INEXPRESSIBLE)('%s %j is refused', (kind, name) => {
    expect(() => escapeName(kind, latin1(name))).toThrow(
      expect.objectContaining({ code: 'points-refused', message: expect.stringContaining(kind) }),
    )
  })
})

describe('series keys', () => {
  const check = (key: string, quotes = false) => checkSeriesKey(latin1(key), 0, key.length, quotes)
  test('are refused where InfluxDB takes a quote in a tag for the beginning of a string', () => {
    expect(() => check('m,a\\\\ b=v"c')).toThrow(expect.objectContaining({ code: 'points-refused' }))
    expect(() => check('m,k=a\\\\ b,f\\\\,g=v')).toThrow()
  })
  test('with backslashes that do no harm pass', () => {
    for (const key of ['m,k=a\\\\ b"c', 'm,k=C:\\dir', 'm,a\\\\ b=v', 'm,a\\\\=b=v"c']) check(key)
    expect(() => check('m,a\\\\ b=v', true)).toThrow()
  })
})

test('names as text lose nothing', () => {
  const texts = ['plain', 'Ñ ☃', '\xff', 'hex:ff', 'a\0b', ''].map((name) =>
    nameText(name === '\xff' ? latin1(name) : Buffer.from(name)),
  )
  expect(texts).toEqual(['plain', 'Ñ ☃', 'hex:ff', 'hex:6865783a6666', 'hex:610062', ''])
})
