import { describe, expect, test } from 'vitest'
import { parseIni, resolvedValue } from './ini-file.ts'

const values = (text: string): Record<string, string> => {
  const file = parseIni(text)
  expect(file.problems).toEqual([])
  return Object.fromEntries(
    file.entries.map((entry) => {
      const found = resolvedValue(file, entry)
      return [`${entry.section}.${entry.key}`, 'value' in found ? found.value : `! ${found.mistake}`]
    }),
  )
}
const problems = (text: string) =>
  parseIni(text).problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`)

/** As Python 3 reads each of them, found out with its own configparser. */
describe('a file of configparser', () => {
  test.each([
    [
      'either sign, the first one counts',
      'a = b:c=d\nb: c=d\nc=\nd:e',
      { a: 'b:c=d', b: 'c=d', c: '', d: 'e' },
    ],
    ['keys in any case', 'KEY = a\nÄpfel=1', { key: 'a', äpfel: '1' }],
    ['remarks on lines of their own only', '# a = 1\n ; b = 2\nc = d # e ; f', { c: 'd # e ; f' }],
    ['values that go on', 'a = 1\n  2\n\n  # no\n  3\nb = 4', { a: '1\n2\n\n3', b: '4' }],
    ['what looks like a section or a key inside of a value', 'a = 1\n [x]\n b = 2', { a: '1\n[x]\nb = 2' }],
    ['empty lines at the end of a value', 'a = 1\n\n\nb = 2', { a: '1', b: '2' }],
    ['settings that are all indented', '  a = 1\n  b = 2', { a: '1', b: '2' }],
    ['a value that begins in the next line', 'a =\n  1\n  2', { a: '\n1\n2' }],
    ['a percent sign', 'a = 100 %%\nb = %%(a)s', { a: '100 %', b: '%(a)s' }],
    ['references', 'a = x%(B)sx%(c)s\nb = y\nc = %(b)s%%', { a: 'xyxy%', b: 'y', c: 'y%' }],
    ['references to nothing', 'a = %(b)s', { a: '! refers to "b", which is not set' }],
    ['references in a circle', 'a = %(b)s\nb = %(a)s', { a: '! refers to itself', b: '! refers to itself' }],
    ['single percent signs', 'a = 5%\nb = %s', { a: '! holds a single %', b: '! holds a single %' }],
  ])('has %s', (_, text, expected) => {
    const found = values(`[S]\n${text}\n`)
    expect(found).toEqual(
      Object.fromEntries(Object.entries(expected).map(([key, value]) => [`S.${key}`, value])),
    )
  })

  test('lends the settings of DEFAULT to all sections', () => {
    const text = '[DEFAULT]\nhost = h\n[A]\nurl = %(host)s/a\n[B]\nhost = own\nurl = %(host)s/b'
    expect(values(text)).toMatchObject({ 'A.url': 'h/a', 'B.url': 'own/b' })
  })

  test('says what is wrong where', () => {
    expect(problems('a = 1\n[S]\n  what is this\n= 2\na = 1\nA: 2\n[s]\n')).toEqual([
      '1:1 : a setting stands before the first section',
      '3:3 S: a line that is neither "key = value" nor a section',
      '4:1 S: a line that is neither "key = value" nor a section',
      '6:1 S.a: "a" is given twice, first in line 5',
      '7:1 s: the section [s] is given twice, first in line 2',
    ])
  })
})
