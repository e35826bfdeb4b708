import { ENGLISH, joinCatalogs, type PhraseCatalogs, sayIn } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { ENGINE_PHRASES, say } from './engine-phrases.ts'
import { catalogProblems } from './phrases.testkit.ts'

it('says the same in every language', () => {
  expect(catalogProblems(ENGINE_PHRASES)).toEqual([])
})

it('says in German what was said in English', () => {
  const daily = say('retention.daily', { period: '2026-11-21', place: 1, count: 7 })
  expect(daily.text).toBe('newest of 2026-11-21 (daily 1 of 7)')
  const german = joinCatalogs({ engine: ENGINE_PHRASES }).de
  expect(sayIn(daily, german, { ...ENGLISH, locale: 'de' })).toBe('neuester von 2026-11-21 (täglich 1 von 7)')
})

it('finds every way in which a catalog can differ from English', () => {
  const en = {
    a: 'one two three {x}',
    b: { one: '{count} file', other: '{count} files' },
    c: 'c',
    'step.copy': 'Copy',
  }
  const wrong: PhraseCatalogs = {
    en,
    de: { ...en, a: 'eins zwei drei {y}' },
    it: { ...en, a: 'uno due tre {x}', b: '{count} file' },
    fr: { a: "un de l'autre {x}", b: en.b, c: 'c ', 'step.copy': 'Copier {x}' },
    es: { a: en.a, b: en.b, 'step.copy': 'Copiar', d: 'd' },
  }
  expect(catalogProblems(wrong)).toEqual([
    'it: has other plural forms: b',
    'de: has other slots: a (y instead of x)',
    'fr: has straight quotes: a',
    'fr: is empty or has blanks: c',
    'fr: has other slots: step.copy (x instead of )',
    'es: is not in English: d',
    'es: is not translated: a',
    'es: is missing: c',
  ])
})
