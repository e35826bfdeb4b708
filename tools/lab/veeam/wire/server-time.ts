import type { Clock } from '../estate/estate.ts'
import { isOld, type LabVersion } from './versions.ts'

/** An instant as the server writes it: in its own zone, with its offset. */
export function atOffset(milliseconds: number, offset: string): string {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? []
  const shift = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  return new Date(milliseconds + shift).toISOString().replace('Z', offset)
}

export function serverTime(clock: Clock, version: LabVersion): Record<string, string> {
  const { timeZone, ianaTimeZoneId, offset } = clock
  // Real ones count in units of 100 ns.
  const now = atOffset(Date.now(), offset).replace(/(\.\d{3})/, '$10443')
  return { serverTime: now, timeZone, ...(isOld(version) ? {} : { ianaTimeZoneId }) }
}
