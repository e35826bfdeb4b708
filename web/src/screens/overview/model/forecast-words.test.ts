import { expect, it } from 'vitest'
import { forecastWords, spanText } from './forecast-words.ts'

it.each([
  ['full', { word: 'full' }],
  ['not growing', { word: 'steady' }],
  ['not enough data (3 of 7 days)', { word: 'data', have: 3, need: 7 }],
  ['not within 10 years', { word: 'beyond', years: { count: 10, unit: 'year' } }],
  ['fills in 5 weeks at the earliest', { word: 'earliest', early: { count: 5, unit: 'week' } }],
  ['fills within 1 day', { word: 'within', late: { count: 1, unit: 'day' } }],
  [
    'fills in 6 to 9 weeks',
    { word: 'between', early: { count: 6, unit: 'week' }, late: { count: 9, unit: 'week' } },
  ],
  [
    'fills in 9 days to 3 weeks',
    { word: 'between', early: { count: 9, unit: 'day' }, late: { count: 3, unit: 'week' } },
  ],
  ['fills in 2 months', { word: 'exact', late: { count: 2, unit: 'month' } }],
])('understands “%s”', (text, words) => {
  expect(forecastWords(text)).toEqual(words)
})

it('leaves other words as they are', () => {
  expect(forecastWords('fills when pigs fly')).toBeNull()
})

it('writes a span in the language of the reader', () => {
  expect(spanText({ count: 9, unit: 'week' }, 'de')).toBe('9 Wochen')
})
