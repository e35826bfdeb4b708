import type { LogLevel, RunLogLine } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { appendLive, copyText, filterLines, firstAfter, lineOfHash, prependOlder } from './log-lines.ts'

const line = (position: number, level: LogLevel = 'info', message = `line ${position}`): RunLogLine => ({
  position,
  at: '2026-11-21T03:00:00.000Z',
  level,
  message,
  fields: {},
})
const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => line(from + index))
const positions = (lines: readonly RunLogLine[]) => lines.map(({ position }) => position)

describe('what comes live', () => {
  it('is added once', () => {
    expect(positions(appendLive(range(0, 3), range(1, 5)))).toEqual([0, 1, 2, 3, 4])
  })

  it('leaves the list as it is when nothing is new', () => {
    const lines = range(0, 5)
    expect(appendLive(lines, range(2, 5))).toBe(lines)
  })

  it('never leaves a hole: what is older is dropped', () => {
    expect(positions(appendLive(range(0, 3), range(7, 9)))).toEqual([7, 8])
  })
})

it('puts older lines before, without those it has', () => {
  expect(positions(prependOlder(range(5, 7), range(3, 6)))).toEqual([3, 4, 5, 6])
})

it('finds its place among a hundred thousand lines', () => {
  const lines = range(1000, 101_000)
  expect(firstAfter(lines, 999)).toBe(0)
  expect(firstAfter(lines, 50_000)).toBe(49_001)
  expect(firstAfter(lines, 200_000)).toBe(100_000)
})

describe('the filter', () => {
  const lines = [line(0, 'debug'), line(1, 'info'), line(2, 'warning', 'Disk is slow'), line(3, 'error')]

  it('keeps a level and the more serious ones', () => {
    expect(positions(filterLines(lines, { level: 'warning', search: '' }))).toEqual([2, 3])
  })

  it('searches in any case, also in what is told beside the message', () => {
    expect(positions(filterLines(lines, { level: 'debug', search: 'disk' }))).toEqual([2])
    const told = { ...line(4), fields: { path: '/srv/Photos', files: 3 } }
    expect(positions(filterLines([told], { level: 'debug', search: 'photos files=3' }))).toEqual([4])
  })
})

it('copies what the download has', () => {
  const told = { ...line(4, 'warning', 'slow'), fields: { path: '/srv/a' } }
  expect(copyText([told, line(5)])).toBe(
    '2026-11-21T03:00:00.000Z warning slow  path=/srv/a\n2026-11-21T03:00:00.000Z info line 5',
  )
})

it('knows the line an address points at', () => {
  expect(lineOfHash('line=120')).toBe(120)
  expect(lineOfHash('#line=0')).toBe(0)
  expect(lineOfHash('top')).toBeNull()
})
