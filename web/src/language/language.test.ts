import { expect, it } from 'vitest'
import { initialLanguage, isLanguage } from './language.ts'
import { completePlurals } from './plurals.ts'

it.each([
  ['it', ['de-CH'], 'it'],
  [null, ['de-CH', 'en'], 'de'],
  [null, ['pt-BR', 'fr-CA'], 'fr'],
  ['xx', ['ja'], 'en'],
  [null, [], 'en'],
])(
  'starts with the language used last (%s), else one the browser prefers (%s): %s',
  (stored, preferred, language) => {
    expect(initialLanguage(stored, preferred)).toBe(language)
  },
)

it('takes no property of objects for a language', () => {
  expect(isLanguage('toString')).toBe(false)
})

it('completes the form for exact millions', () => {
  const texts = { a: { rows_one: '{{count}} riga', rows_other: '{{count}} righe', rows: 'righe' } }
  expect(completePlurals(texts).a).toEqual({ ...texts.a, rows_many: '{{count}} righe' })
})
