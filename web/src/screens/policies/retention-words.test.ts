import { expect, it } from 'vitest'
import { keptBy } from './retention-words.ts'

it('tells the rules that keep something, newest first, and leaves out those that keep nothing', () => {
  expect(keptBy({ keepWeekly: 4, keepDaily: 14, keepLast: 0, timeZone: 'UTC' })).toEqual([
    { word: 'daily', count: 14 },
    { word: 'weekly', count: 4 },
  ])
  expect(keptBy(undefined)).toEqual([])
})
