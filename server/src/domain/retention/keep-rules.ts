import type { Phrase, RetentionRules } from '@holdfast/contract'
import { say } from '../phrases/engine-phrases.ts'

/** A restore point that may satisfy a keep rule, with the time people read in the rules' time zone. */
export interface DatedPoint {
  readonly id: string
  readonly at: Temporal.ZonedDateTime
}

type Setting = Exclude<keyof RetentionRules, 'timeZone'>

/** Given the good points, newest first: which ones the rule wants, and why. */
export type KeepRule = (good: readonly DatedPoint[], rules: RetentionRules) => Map<string, Phrase>

/** Every keep rule there is. A new one costs its setting in the contract and one line here. */
export const KEEP_RULES: readonly KeepRule[] = [
  newest('keepLast'),
  newestOfEach('keepHourly', 'hourly', hourOf),
  newestOfEach('keepDaily', 'daily', dayOf),
  newestOfEach('keepWeekly', 'weekly', isoWeekOf),
  newestOfEach('keepMonthly', 'monthly', monthOf),
  newestOfEach('keepYearly', 'yearly', yearOf),
]

function newest(setting: Setting): KeepRule {
  return (good, rules) => {
    const count = rules[setting] ?? 0
    return new Map(
      good
        .slice(0, count)
        .map((point, index) => [point.id, say('retention.last', { place: index + 1, count })]),
    )
  }
}

/** The newest of each of the last N periods that have a point: periods without one do not use up the number. */
function newestOfEach(
  setting: Setting,
  name: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly',
  periodOf: (at: Temporal.ZonedDateTime) => string,
): KeepRule {
  return (good, rules) => {
    const count = rules[setting] ?? 0
    const wanted = new Map<string, Phrase>()
    const seen = new Set<string>()
    for (const point of good) {
      if (wanted.size === count) break
      const own = periodOf(point.at)
      if (seen.has(own)) continue
      seen.add(own)
      wanted.set(point.id, say(`retention.${name}`, { period: own, place: wanted.size + 1, count }))
    }
    return wanted
  }
}

/** With the offset: the hour that the clock shows twice in autumn is two hours. */
function hourOf(at: Temporal.ZonedDateTime): string {
  return `${dayOf(at)} ${twoDigits(at.hour)}h${at.offset}`
}

function dayOf(at: Temporal.ZonedDateTime): string {
  return at.toPlainDate().toString()
}

/** ISO 8601: weeks begin on Monday and belong to the year that holds their Thursday. */
function isoWeekOf(at: Temporal.ZonedDateTime): string {
  return `${at.yearOfWeek}-W${twoDigits(at.weekOfYear ?? 0)}`
}

function monthOf(at: Temporal.ZonedDateTime): string {
  return at.toPlainDate().toPlainYearMonth().toString()
}

function yearOf(at: Temporal.ZonedDateTime): string {
  return String(at.year)
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
