import { expect, it } from 'vitest'
import { csvText } from './csv.ts'

type Rows = Parameters<typeof csvText>[0]['rows']
const csv = (rows: Rows, columns = ['name', 'value']) => [...csvText({ columns, rows })].join('')

it('begins with the names of the columns and ends each line with CR LF', () => {
  expect(csv([])).toBe('name,value\r\n')
  expect(csv([['web01', 3]])).toBe('name,value\r\nweb01,3\r\n')
})

it.each([
  ['plain', 'plain'],
  ['', ''],
  [null, ''],
  [true, 'true'],
  [-1.5, '-1.5'],
  ['one, two', '"one, two"'],
  ['one; two', '"one; two"'],
  ['say "no"', '"say ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['two\r\nlines', '"two\r\nlines"'],
  [' blank', '" blank"'],
  ['Größe 文字', 'Größe 文字'],
])('writes %j as %j', (cell, written) => {
  expect(csv([[cell]], ['only'])).toBe(`only\r\n${written}\r\n`)
})

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1+1', "'＝1+1"],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  ['\n=1', `"'\n=1"`],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
])('takes the harm out of %j', (cell, written) => {
  expect(csv([[cell]], ['only'])).toBe(`only\r\n${written}\r\n`)
  expect(csv([], [cell])).toBe(`${written}\r\n`)
})

it('writes no line twice and leaves none out, however many there are', () => {
  const rows = Array.from({ length: 2500 }, (_, index) => [`row ${index}`, index])
  const lines = csv(rows).split('\r\n')
  expect(lines.slice(1, -1)).toEqual(rows.map((cells) => cells.join(',')))
})
