import { expect, it } from 'vitest'
import { layOut as layOutOf, lineAt, rowsOf, visibleLines } from './log-window.ts'

const layOut = (texts: string[], columns: number | null) =>
  layOutOf(texts.length, (index) => texts[index] ?? '', columns)

it('gives a wrapped line as many rows as it needs', () => {
  expect(rowsOf('', 10)).toBe(1)
  expect(rowsOf('1234567890', 10)).toBe(1)
  expect(rowsOf('12345678901', 10)).toBe(2)
  expect(rowsOf('a\n12345678901\n', 10)).toBe(4)
})

it('gives each line one row where nothing is wrapped', () => {
  expect([...layOut(['short', 'a\nb', 'x'.repeat(500)], null)]).toEqual([0, 1, 2, 3])
})

it('finds the line that covers a row', () => {
  const layout = layOut(['a'.repeat(25), 'b', 'c'.repeat(11)], 10)
  expect([...layout]).toEqual([0, 3, 4, 6])
  expect([0, 2, 3, 4, 5, 99].map((row) => lineAt(layout, row))).toEqual([0, 0, 1, 2, 2, 2])
})

it('draws a few dozen lines of a hundred thousand', () => {
  const layout = layOut(
    Array.from({ length: 100_000 }, () => 'x'),
    null,
  )
  expect(visibleLines(layout, 50_000, 30)).toEqual({ from: 49_980, to: 50_051 })
  expect(visibleLines(layout, 99_990, 30)).toEqual({ from: 99_970, to: 100_000 })
  expect(visibleLines(layOut([], null), 0, 30)).toEqual({ from: 0, to: 0 })
})
