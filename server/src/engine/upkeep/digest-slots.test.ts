import { notificationSpec } from '@holdfast/contract'
import { expect, test } from 'vitest'
import { newestDigestSlots } from './digest-slots.ts'

function newest(now: string, digest: object, timeZone = 'Europe/Rome'): (string | undefined)[] {
  const spec = notificationSpec.parse({ name: 'n', kind: 'webhook', url: 'http://x', timeZone, digest })
  const slots = newestDigestSlots(spec, new Date(now))
  return [slots?.slot.toISOString(), slots?.before?.toISOString()]
}

test.each([
  ['in summer', '2026-08-20T12:00:00Z', {}, ['2026-08-20T05:00:00.000Z', '2026-08-19T05:00:00.000Z']],
  ['in winter', '2026-01-20T12:00:00Z', {}, ['2026-01-20T06:00:00.000Z', '2026-01-19T06:00:00.000Z']],
  ['at the minute', '2026-08-20T05:00:00Z', {}, ['2026-08-20T05:00:00.000Z', '2026-08-19T05:00:00.000Z']],
  ['just before', '2026-08-20T04:59:59Z', {}, ['2026-08-19T05:00:00.000Z', '2026-08-18T05:00:00.000Z']],
  [
    'on working days',
    '2026-08-23T12:00:00Z',
    { at: '18:30', days: ['thu', 'fri'] },
    ['2026-08-21T16:30:00.000Z', '2026-08-20T16:30:00.000Z'],
  ],
  [
    'at a time that the clock skips',
    '2026-03-29T12:00:00Z',
    { at: '02:30' },
    ['2026-03-29T01:00:00.000Z', '2026-03-28T01:30:00.000Z'],
  ],
  [
    'once at a time that the clock shows twice',
    '2026-10-25T12:00:00Z',
    { at: '02:30' },
    ['2026-10-25T00:30:00.000Z', '2026-10-24T00:30:00.000Z'],
  ],
])('%s', (_title, now, digest, expected) => {
  expect(newest(now, digest)).toEqual(expected)
})

test('nothing without a digest', () => {
  const spec = notificationSpec.parse({ name: 'n', kind: 'webhook', url: 'http://x' })
  expect(newestDigestSlots(spec, new Date())).toBeNull()
})
