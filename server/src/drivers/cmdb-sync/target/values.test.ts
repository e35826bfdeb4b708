import { describe, expect, it, test } from 'vitest'
import { fc } from '../../../../../tools/lab/properties.testkit.ts'
import type { CardValue, CmdbAttribute, CmdbLookup } from '../model/cmdb.ts'
import { canonicalAddress } from './addresses.ts'
import { type Lookups, sameValue, toCardValue } from './values.ts'

function attribute(type: string, more: Partial<CmdbAttribute> = {}): CmdbAttribute {
  const none = { maxLength: null, precision: null, scale: null, ipType: null, targetClass: null }
  const rights = { canRead: true, canCreate: true, canUpdate: true }
  const flags = { isActive: true, isMandatory: false, isUnique: false }
  return {
    name: 'A',
    type,
    lookupType: type === 'lookup' ? 'T' : null,
    ...none,
    ...rights,
    ...flags,
    ...more,
  }
}

const value = (id: number, code: string, isActive = true): CmdbLookup => ({
  id,
  code,
  description: `the ${code}`,
  isActive,
})

const LOOKUPS: Lookups = new Map([
  ['T', [value(1, 'On'), value(2, 'Off'), value(3, 'OLD', false), value(4, 'old'), value(5, 'Gone', false)]],
])

const to = (fact: string | number | boolean | null, type: string, more: Partial<CmdbAttribute> = {}) =>
  toCardValue(fact, attribute(type, more), LOOKUPS)

describe('what CMDBuild stores for a fact', () => {
  test.each<[string | number | boolean, string, Partial<CmdbAttribute>, CardValue]>([
    ['  a b ', 'string', {}, 'a b'],
    ['a\0b', 'string', {}, 'ab'],
    [5, 'text', {}, '5'],
    [true, 'string', {}, 'true'],
    ['2025-07-28T10:44:39.694588+02:00', 'dateTime', {}, '2025-07-28T08:44:39.694Z'],
    ['2025-07-28T10:44:39.6945881Z', 'dateTime', {}, '2025-07-28T10:44:39.694Z'],
    ['2025-07-28T10:44Z', 'dateTime', {}, '2025-07-28T10:44:00.000Z'],
    ['2025-07-28T23:30:00-03:00', 'date', {}, '2025-07-29'],
    ['2025-07-28', 'date', {}, '2025-07-28'],
    [299.449, 'decimal', { precision: 6, scale: 2 }, 299.45],
    ['17.0', 'decimal', { scale: 2 }, 17],
    [-0.001, 'decimal', { scale: 2 }, 0],
    [299.5, 'integer', {}, 300],
    ['12', 'long', {}, 12],
    [0.1, 'double', {}, 0.1],
    ['TRUE', 'boolean', {}, true],
    [false, 'boolean', {}, false],
    ['on', 'lookup', {}, 1],
    [' OFF ', 'lookup', {}, 2],
    ['OLD', 'lookup', {}, 3],
    ['Old', 'lookup', {}, 4],
    ['gone', 'lookup', {}, 5],
    [4711, 'reference', {}, 4711],
    ['10.0.0.5/32', 'ipAddress', {}, '10.0.0.5'],
    ['2001:DB8:0:0::1', 'ipAddress', { ipType: 'ipv6' }, '2001:db8::1'],
  ])('%j as %s is %j', (fact, type, more, stored) => {
    expect(to(fact, type, more)).toEqual({ value: stored, cut: false })
  })

  test.each(['string', 'lookup', 'reference', 'dateTime', 'decimal', 'ipAddress', 'file'])(
    'nothing and blanks as %s are null',
    (type) => {
      for (const fact of [null, '', ' \t', '\0']) expect(to(fact, type)).toEqual({ value: null, cut: false })
    },
  )

  test.each<[string | number | boolean, string, Partial<CmdbAttribute>]>([
    ['2025-07-28T10:44:39', 'dateTime', {}],
    ['2025-13-41T10:44:39Z', 'dateTime', {}],
    [1_753_692_279, 'dateTime', {}],
    ['much', 'decimal', {}],
    [12_345.6, 'decimal', { precision: 6, scale: 2 }],
    [9999.999, 'decimal', { precision: 6, scale: 2 }],
    [Number.NaN, 'decimal', {}],
    [3_000_000_000, 'integer', {}],
    ['yes', 'boolean', {}],
    ['4711', 'reference', {}],
    ['host.example.org', 'ipAddress', {}],
    ['fe80::1%eth0', 'ipAddress', {}],
    ['2001:db8::1', 'ipAddress', { ipType: 'ipv4' }],
    ['x', 'lookupArray', {}],
    ['x', 'file', {}],
  ])('%j as %s does not fit', (fact, type, more) => {
    expect(to(fact, type, more)).toEqual({ problem: 'type-unfit' })
  })

  it('of a code that no lookup has is unknown, and so is one of an absent type', () => {
    expect(to('Standby', 'lookup')).toEqual({ problem: 'lookup-unknown' })
    expect(to('On', 'lookup', { lookupType: 'Other' })).toEqual({ problem: 'lookup-unknown' })
  })

  it('is cut to the length of the attribute, never through a character', () => {
    expect(to('abcdef', 'string', { maxLength: 4 })).toEqual({ value: 'abcd', cut: true })
    expect(to('abc def', 'string', { maxLength: 4 })).toEqual({ value: 'abc', cut: true })
    expect(to('abc😀', 'string', { maxLength: 4 })).toEqual({ value: 'abc', cut: true })
    expect(to('ab😀', 'string', { maxLength: 4 })).toEqual({ value: 'ab😀', cut: false })
    expect(to('yes', 'char')).toEqual({ value: 'y', cut: true })
  })
})

describe('equality of values', () => {
  test.each<[CardValue | undefined, CardValue | undefined, string, Partial<CmdbAttribute>]>([
    [null, '', 'string', {}],
    [undefined, ' ', 'lookup', {}],
    ['a', 'a ', 'string', {}],
    ['2025-07-28T10:44:39.69+02:00', '2025-07-28T08:44:39.690Z', 'dateTime', {}],
    ['2025-07-28T08:44:39.6901Z', '2025-07-28T08:44:39.690Z', 'dateTime', {}],
    [299.4, '299.40', 'decimal', { scale: 2 }],
    ['131', 131, 'lookup', {}],
    [7, '7', 'reference', {}],
    ['FE80::1', 'fe80:0::1', 'ipAddress', {}],
    ['::ffff:c0a8:1', '::ffff:192.168.0.1', 'ipAddress', {}],
    ['true', true, 'boolean', {}],
    ['long text', 'long text', 'string', { maxLength: 4 }],
  ])('%j is %j as %s', (a, b, type, more) => {
    expect(sameValue(a, b, attribute(type, more))).toBe(true)
    expect(sameValue(b, a, attribute(type, more))).toBe(true)
  })

  test.each<[CardValue, CardValue, string]>([
    ['a', 'A', 'string'],
    ['a', null, 'string'],
    [0, null, 'integer'],
    [false, null, 'boolean'],
    [1, 2, 'lookup'],
    ['long text', 'long texts', 'string'],
    ['2025-07-28T08:44:39.691Z', '2025-07-28T08:44:39.690Z', 'dateTime'],
  ])('%j is not %j as %s', (a, b, type) => {
    expect(sameValue(a, b, attribute(type, { maxLength: 4 }))).toBe(false)
  })

  it('holds for what was stored once: a second run finds nothing to write', () => {
    const facts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.double(), fc.boolean(), fc.date().map(String))
    const types = fc.constantFrom('string', 'text', 'decimal', 'integer', 'boolean', 'dateTime', 'ipAddress')
    fc.assert(
      fc.property(facts, types, fc.nat(20), (fact, type, maxLength) => {
        const one = attribute(type, { maxLength: maxLength + 1, precision: 12, scale: 2 })
        const first = toCardValue(fact, one, LOOKUPS)
        if ('problem' in first) return
        expect(sameValue(first.value, first.value, one)).toBe(true)
        const second = toCardValue(first.value, one, LOOKUPS)
        expect(second).toEqual({ value: first.value, cut: false })
      }),
    )
  })
})

test.each([
  ['010.0.0.1', null],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['10.0.0.0/40', null],
  ['10.0.0.0/8/9', null],
  ['::1/128', '::1'],
  ['', null],
])('the address %s is %s', (written, canonical) => {
  expect(canonicalAddress(written)).toBe(canonical)
})
