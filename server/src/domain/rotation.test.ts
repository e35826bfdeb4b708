import { expect, test } from 'vitest'
import { rotationOf } from './rotation.ts'

const DAY = 86_400_000
const now = new Date('2026-11-20T12:00:00Z')

test.each([
  ['without a rule, ever so old', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', null, null, false],
  ['copied yesterday', '2026-11-19T12:00:00Z', '2026-01-01T00:00:00Z', 14, '2026-12-03T12:00:00.000Z', false],
  [
    'due at this very moment',
    '2026-11-06T12:00:00Z',
    '2026-01-01T00:00:00Z',
    14,
    '2026-11-20T12:00:00.000Z',
    false,
  ],
  ['due a second ago', '2026-11-06T11:59:59Z', '2026-01-01T00:00:00Z', 14, '2026-11-20T11:59:59.000Z', true],
  ['new and empty', null, '2026-11-19T12:00:00Z', 14, '2026-12-03T12:00:00.000Z', false],
  ['never filled since it was bought', null, '2026-10-01T12:00:00Z', 14, '2026-10-15T12:00:00.000Z', true],
  [
    'filled before it joined this set',
    '2026-11-19T12:00:00Z',
    '2026-11-20T11:00:00Z',
    1,
    '2026-11-20T12:00:00.000Z',
    false,
  ],
])('a disk %s', (_, lastCopyAt, knownSince, days, dueAt, overdue) => {
  const withinMs = days === null ? null : days * DAY
  expect(rotationOf({ lastCopyAt, knownSince, withinMs }, now)).toEqual({ dueAt, overdue })
})
