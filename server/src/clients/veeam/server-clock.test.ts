import { expect, it } from 'vitest'
import { ServerClock } from './server-clock.ts'

const prague = ServerClock.of({
  serverTime: '2024-01-25T18:31:50.7300443+01:00',
  timeZone: '(UTC+01:00) Belgrade, Bratislava, Budapest, Ljubljana, Prague',
  ianaTimeZoneId: 'Europe/Prague',
})

it.each([
  ['2025-07-28T10:44:39.694588+02:00', '2025-07-28T08:44:39.694Z'],
  ['2024-02-12T02:24:16.2+01:00', '2024-02-12T01:24:16.200Z'],
  ['2024-01-25T18:31:50.7300443+01:00', '2024-01-25T17:31:50.730Z'],
  ['2024-11-06T00:30:20Z', '2024-11-06T00:30:20.000Z'],
  // Without an offset: in winter and in summer of the zone of the server.
  ['2024-11-13T22:00:49.893878', '2024-11-13T21:00:49.893Z'],
  ['2024-07-13T22:00:49', '2024-07-13T20:00:49.000Z'],
  ['soon', null],
  ['', null],
])('reads %s as %s', (written, instant) => {
  expect(prague.instant(written)).toBe(instant)
})

it.each([
  [{ serverTime: '2024-01-25T18:31:50+05:30' }, '2024-11-13T16:30:00.000Z'],
  [{ serverTime: '2024-01-25T18:31:50+05:30', ianaTimeZoneId: 'Mars/Base' }, '2024-11-13T16:30:00.000Z'],
  [{ serverTime: '2024-01-25T18:31:50Z' }, '2024-11-13T22:00:00.000Z'],
  [undefined, '2024-11-13T22:00:00.000Z'],
])('does without the name of a zone: %j', (serverTime, instant) => {
  expect(ServerClock.of(serverTime).instant('2024-11-13T22:00:00')).toBe(instant)
})
