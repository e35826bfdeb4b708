import { readFileSync } from 'node:fs'
import { phraseText, type RetentionLine, type RetentionRules } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { expectGolden } from '../golden.testkit.ts'
import { zonedTime } from '../zoned-time.ts'
import { decideRetention, type RetentionPoint } from './decide-retention.ts'

/** Points as text, one a line: id, instant, then any of good, damaged, protected, in-use. */
function readPoints(name: string): RetentionPoint[] {
  const text = readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((row) => row !== '' && !row.startsWith('#'))
    .map((row) => {
      const [id = '', takenAt = '', ...flags] = row.split(/\s+/)
      const has = (flag: string) => flags.includes(flag)
      const good = !has('damaged')
      return { id, takenAt, good, protected: has('protected'), inUse: has('in-use'), byHand: false }
    })
}

function describeDecision(rules: RetentionRules | undefined, lines: RetentionLine[]): string {
  const zone = rules?.timeZone ?? 'UTC'
  const { timeZone: _zone, ...counts } = rules ?? {}
  const policy = Object.entries(counts)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
  const rows = lines.map((line) => {
    const at = zonedTime(line.takenAt, zone)
    const weekday = at.toLocaleString('en', { weekday: 'short' })
    const time = `${weekday} ${at.toPlainDateTime().toString({ smallestUnit: 'minute' })}${at.offset}`
    return `${line.keep ? 'keep' : '  rm'}  ${line.restorePointId}  ${time}  ${line.reasons.map(phraseText).join('; ')}`
  })
  const count = lines.filter((line) => line.keep).length
  return [`${policy || 'no rules'}, ${zone}: keeps ${count} of ${lines.length}`, '', ...rows, ''].join('\n')
}

const POLICIES: Record<string, RetentionRules | undefined> = {
  none: undefined,
  'last-5': { keepLast: 5 },
  'hourly-6': { keepHourly: 6 },
  'daily-7': { keepDaily: 7 },
  'daily-7-rome': { keepDaily: 7, timeZone: 'Europe/Rome' },
  'weekly-8': { keepWeekly: 8 },
  'monthly-12': { keepMonthly: 12 },
  'yearly-10': { keepYearly: 10 },
  'yearly-10-rome': { keepYearly: 10, timeZone: 'Europe/Rome' },
  'grandfather-rome': {
    keepDaily: 7,
    keepWeekly: 4,
    keepMonthly: 12,
    keepYearly: 3,
    timeZone: 'Europe/Rome',
  },
  everything: { keepLast: 3, keepHourly: 4, keepDaily: 5, keepWeekly: 6, keepMonthly: 7, keepYearly: 8 },
}

const ZONE_CASES: Record<string, RetentionRules> = {
  'autumn-hourly-rome': { keepHourly: 6, timeZone: 'Europe/Rome' },
  'spring-hourly-rome': { keepHourly: 6, timeZone: 'Europe/Rome' },
  'midnights-daily-rome': { keepDaily: 4, timeZone: 'Europe/Rome' },
  'new-year-weekly-rome': { keepWeekly: 4, timeZone: 'Europe/Rome' },
  'new-year-weekly-utc': { keepWeekly: 4 },
}

const ZONE_POINTS: Record<string, string> = {
  'autumn-hourly-rome': 'zones/points-autumn.txt',
  'spring-hourly-rome': 'zones/points-spring.txt',
  'midnights-daily-rome': 'zones/points-midnights.txt',
  'new-year-weekly-rome': 'zones/points-new-year.txt',
  'new-year-weekly-utc': 'zones/points-new-year.txt',
}

describe('many policies on one set of points', () => {
  const points = readPoints('points.txt')

  it.each(Object.entries(POLICIES))('%s', (name, rules) => {
    const text = describeDecision(rules, decideRetention(points, rules))
    expectGolden(new URL(`./testdata/${name}.txt`, import.meta.url), text)
  })
})

describe('daylight saving and the turn of the year', () => {
  it.each(Object.entries(ZONE_CASES))('%s', (name, rules) => {
    const points = readPoints(ZONE_POINTS[name] ?? '')
    expect(points.length).toBeGreaterThan(0)
    const text = describeDecision(rules, decideRetention(points, rules))
    expectGolden(new URL(`./testdata/zones/${name}.txt`, import.meta.url), text)
  })
})
