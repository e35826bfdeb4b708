import { expect, it } from 'vitest'
import { forDatabase } from './continuous-query.ts'
import { durationNs, durationText } from './durations.ts'
import { countWindow, quoteName, quoteText, selectWindow, selectWindowFlat } from './statements.ts'

const window = { rp: 'a "b"', measurement: 'm\n\\', startNs: -5n, endNs: 10n }
const FROM = 'FROM "a \\"b\\""."m\\n\\\\" WHERE time >= -5 AND time <= 9'

it('quotes names and texts', () => {
  expect(quoteName('a"b\\c\nd\'e')).toBe('"a\\"b\\\\c\\nd\'e"')
  expect(quoteText('a"b\\c\nd\'e')).toBe("'a\"b\\\\c\\nd\\'e'")
})

it('selects a window by series, whole and by field', () => {
  expect(selectWindow(window)).toBe(`SELECT * ${FROM} GROUP BY *`)
  expect(selectWindow({ ...window, fields: ['x', 'y z'] })).toBe(
    `SELECT "x"::field, "y z"::field ${FROM} GROUP BY *`,
  )
  expect(countWindow(window)).toBe(`SELECT count(*) ${FROM}`)
  expect(selectWindowFlat(window, { tags: ['t'], fields: ['f'] })).toBe(`SELECT "t"::tag, "f"::field ${FROM}`)
})

it('stays within the times a server takes', () => {
  expect(selectWindow({ ...window, startNs: -(2n ** 64n), endNs: 2n ** 63n })).toContain(
    'time >= -9223372036854775806 AND time <= 9223372036854775806',
  )
})

it('makes regular expressions of values with * and ?', () => {
  const tags = [{ tag: 'h', include: ['srv-*', 'a.b/c?'], exclude: ['(x)'] }]
  expect(selectWindow(window, { tags })).toBe(
    `SELECT * ${FROM} AND "h"::tag =~ /(?s)^(srv-.*|a\\.b\\/c.)$/ AND "h"::tag !~ /(?s)^(\\(x\\))$/ GROUP BY *`,
  )
})

it.each([
  ['168h0m0s', 604_800_000_000_000n, '7d'],
  ['24h0m0s', 86_400_000_000_000n, '1d'],
  ['25h0m1s', 90_001_000_000_000n, '90001s'],
  ['1h0m0.5s', 3_600_500_000_000n, '3600500ms'],
  ['0s', 0n, '0d'],
])('reads the duration %s', (text, ns, written) => {
  expect(durationNs(text)).toBe(ns)
  expect(durationText(ns)).toBe(written)
})

it.each(['', 'INF', '1y', '-1h', '5'])('knows that "%s" is no duration', (text) => {
  expect(durationNs(text)).toBeNull()
})

it.each([
  [
    'CREATE CONTINUOUS QUERY d ON d BEGIN SELECT mean(v) INTO d.autogen.x FROM d.autogen.d GROUP BY time(5m) END',
    'CREATE CONTINUOUS QUERY d ON "n" BEGIN SELECT mean(v) INTO "n".autogen.x FROM "n".autogen.d GROUP BY time(5m) END',
  ],
  [
    `CREATE CONTINUOUS QUERY c ON d RESAMPLE EVERY 10m BEGIN SELECT a / d AS "d.x", b / c INTO e."d.y".:MEASUREMENT FROM d.short./ d.x\\/"'/ WHERE t = 'd.x' AND u =~ / FROM d./ GROUP BY time(5m), * END`,
    `CREATE CONTINUOUS QUERY c ON "n" RESAMPLE EVERY 10m BEGIN SELECT a / d AS "d.x", b / c INTO e."d.y".:MEASUREMENT FROM "n".short./ d.x\\/"'/ WHERE t = 'd.x' AND u =~ / FROM d./ GROUP BY time(5m), * END`,
  ],
  [
    'CREATE CONTINUOUS QUERY c ON d BEGIN SELECT max(v) INTO d.d.d FROM (SELECT v FROM d.d.d, d.autogen.only) END',
    'CREATE CONTINUOUS QUERY c ON "n" BEGIN SELECT max(v) INTO "n".d.d FROM (SELECT v FROM "n".d.d, "n".autogen.only) END',
  ],
])('moves a continuous query to another database', (statement, moved) => {
  expect(forDatabase(statement, 'd', 'n')).toBe(moved)
  expect(forDatabase(statement.replace('ON d ', 'ON "d" '), 'd', 'n')).toBe(moved)
  expect(forDatabase(statement, 'other', 'n')).toBe(statement)
})

it('knows a quoted database, and quotes the new name', () => {
  const statement = 'CREATE CONTINUOUS QUERY c ON "a b" BEGIN SELECT max(v) INTO "a b".r.x FROM "a b".r.m END'
  expect(forDatabase(statement, 'a b', 'x "y"')).toBe(
    'CREATE CONTINUOUS QUERY c ON "x \\"y\\"" BEGIN SELECT max(v) INTO "x \\"y\\"".r.x FROM "x \\"y\\"".r.m END',
  )
})
