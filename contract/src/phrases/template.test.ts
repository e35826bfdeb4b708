import { expect, it } from 'vitest'
import { phrasesOf } from './catalog.ts'
import { ENGLISH } from './english.ts'
import { phrase } from './phrase.ts'
import { phraseText } from './phrase-text.ts'
import { fillTemplate, slotsOf } from './template.ts'

const say = phrasesOf('notes', {
  whole: 'nothing to do',
  copied: { one: 'copied {count} note, {moved, bytes}', other: 'copied {count} notes, {moved, bytes}' },
  all: '{path}: {share, percent} in {took, duration}, since {at, date}',
})

it('says English with its key and raw values', () => {
  expect(say('copied', { count: 1204, moved: 1536 })).toEqual({
    text: 'copied 1204 notes, 1.5 KiB',
    key: 'notes.copied',
    values: { count: 1204, moved: 1536 },
  })
  expect(say('copied', { count: 1, moved: 0 }).text).toBe('copied 1 note, 0 B')
  const at = '2026-08-20T00:30:00.000Z'
  expect(say('all', { path: '/a', share: 0.905, took: 252_000, at }).text).toBe(
    `/a: 91 % in 4m 12s, since ${at}`,
  )
})

it('does not compile with an unknown key, a value too few or one of another type, and does not run either', () => {
  // @ts-expect-error no such key
  expect(() => say('other')).toThrow()
  // @ts-expect-error a value is missing
  expect(() => say('copied', { count: 1 })).toThrow('notes.copied')
  // @ts-expect-error bytes are a number
  expect(() => say('copied', { count: 1, moved: '1 KiB' })).toThrow('notes.copied')
  // @ts-expect-error values are missing
  expect(() => say('all')).toThrow('notes.all')
  expect(say('whole').text).toBe('nothing to do')
})

it.each([
  ['{a}', {}],
  ['{a, bytes}', { a: '1' }],
  ['{a, date}', { a: 1 }],
  ['{a, date}', { a: 'yesterday' }],
  ['{a, furlongs}', { a: 1 }],
  ['{toString}', {}],
  [{ one: 'x', other: 'y' }, {}],
])('does not fill %j with %j', (template, values) => {
  expect(fillTemplate(template, values, ENGLISH)).toBeNull()
})

it('takes the form of the language, and the general one for whole millions', () => {
  const forms = { one: '{count} nota', other: '{count} note' }
  const said = (count: number, locale: string) => fillTemplate(forms, { count }, { ...ENGLISH, locale })
  expect([said(0, 'fr'), said(0, 'it'), said(1_000_000, 'it')]).toEqual(['0 nota', '0 note', '1000000 note'])
})

it('names what stands in the slots', () => {
  expect(slotsOf('{b} of {a, bytes}, {b}')).toEqual(['a, bytes', 'b'])
})

it('reads plain text, and says several parts as one text', () => {
  const several = ['/srv', say('whole')]
  expect(phrase.parse(JSON.parse(JSON.stringify(several)))).toEqual(several)
  expect(phraseText(several)).toBe('/srv; nothing to do')
  expect(phraseText(phrase.parse('copied 3 files'))).toBe('copied 3 files')
})
