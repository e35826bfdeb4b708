import { describe, expect, test } from 'vitest'
import { attribute, lookup, text } from '../fixtures/attributes.ts'
import { LabError } from './lab-error.ts'
import { LabLookups } from './lookups.ts'
import type { LabAttribute } from './schema-types.ts'
import { storedValue } from './values.ts'

let lastId = 50
const lookups = new LabLookups(() => {
  lastId += 1
  return lastId
})
lookups.addType('CI - State')
const available = lookups.add('CI - State', 'Available', 'Is available').id

const stored = (of: LabAttribute, sent: unknown) => storedValue(of, sent, lookups)

function statusOf(of: LabAttribute, sent: unknown): number | null {
  try {
    stored(of, sent)
    return null
  } catch (error) {
    return error instanceof LabError ? error.status : null
  }
}

describe('values are stored as the server stores them', () => {
  test.each([
    ['string', text('a', 5), 'abc', 'abc'],
    ['string with blanks at its ends', text('a', 5), ' a ', ' a '],
    ['blank string', text('a', 5), '  ', null],
    ['number as string', text('a', 5), 12, '12'],
    ['blank text', attribute('a', 'text'), '', null],
    ['boolean', attribute('a', 'boolean'), 'TRUE', true],
    ['integer', attribute('a', 'integer'), '12', 12],
    ['broken integer', attribute('a', 'integer'), 12.9, 12],
    ['decimal is rounded', attribute('a', 'decimal', { precision: 6, scale: 2 }), 1.005, 1.01],
    ['decimal below zero', attribute('a', 'decimal', { precision: 6, scale: 2 }), -1.005, -1.01],
    ['date', attribute('a', 'date'), '2026-02-03T04:05:06Z', '2026-02-03'],
    ['instant', attribute('a', 'dateTime'), '2026-02-03T04:05:06.123987Z', '2026-02-03T06:05:06.123+02:00'],
    [
      'zeros at the end',
      attribute('a', 'dateTime'),
      '2026-02-03T04:05:06.690Z',
      '2026-02-03T06:05:06.69+02:00',
    ],
    [
      'instant without offset',
      attribute('a', 'dateTime'),
      '2026-02-03 04:05:06',
      '2026-02-03T04:05:06+02:00',
    ],
    ['address of one host', attribute('a', 'ipAddress'), ' 10.0.0.5/32 ', '10.0.0.5'],
    ['address of version 6', attribute('a', 'ipAddress'), 'FE80:0:0:0::1', 'fe80::1'],
    ['net', attribute('a', 'ipAddress'), '10.0.0.0/8', '10.0.0.0/8'],
    ['lookup by id', lookup('a', 'CI - State'), available, available],
    ['lookup by id in text', lookup('a', 'CI - State'), String(available), available],
    ['lookup by code', lookup('a', 'CI - State'), 'Available', available],
    ['lookup by type and code', lookup('a', 'CI - State'), 'CI - State.Available', available],
    ['lookup by description', lookup('a', 'CI - State'), 'Is available', available],
    ['no lookup', lookup('a', 'CI - State'), ' ', null],
    ['lookup zero', lookup('a', 'CI - State'), 0, null],
    ['reference', attribute('a', 'reference'), '77', 77],
    ['reference that is no number', attribute('a', 'reference'), 'vm-7', null],
    ['nothing', attribute('a', 'integer'), null, null],
  ])('%s', (_what, of, sent, expected) => {
    expect(stored(of, sent)).toBe(expected)
  })

  test.each([
    ['string that is too long', text('a', 5), 'abcdef', 400],
    ['address that is none', attribute('a', 'ipAddress'), 'server', 400],
    ['address of the other version', attribute('a', 'ipAddress', { ipType: 'ipv4' }), '::1', 400],
    ['lookup that is unknown', lookup('a', 'CI - State'), 'Gone', 500],
    ['lookup of another type', lookup('a', 'CI - State'), 51_000, 500],
    ['integer that is too large', attribute('a', 'integer'), 2 ** 31, 500],
    ['decimal that is too large', attribute('a', 'decimal', { precision: 6, scale: 2 }), 10_000, 500],
    ['text as integer', attribute('a', 'integer'), 'many', 500],
    ['instant that is none', attribute('a', 'dateTime'), 'tomorrow', 500],
    ['boolean that is none', attribute('a', 'boolean'), 'perhaps', 500],
  ])('%s is refused', (_what, of, sent, status) => {
    expect(statusOf(of, sent)).toBe(status)
  })
})
