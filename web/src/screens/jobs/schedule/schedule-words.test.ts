import { expect, it } from 'vitest'
import { scheduleWords } from './schedule-words.ts'

const at = (hour: number, minute = 0) => ({ hour, minute })

it.each([
  ['* * * * *', { word: 'minutes', step: 1 }],
  ['*/10 * * * *', { word: 'minutes', step: 10 }],
  ['0 * * * *', { word: 'hours', step: 1, minute: 0 }],
  ['5 */4 * * *', { word: 'hours', step: 4, minute: 5 }],
  ['30 2 * * *', { word: 'daily', times: [at(2, 30)] }],
  ['0 12,0 * * *', { word: 'daily', times: [at(0), at(12)] }],
  ['15 3 * * 1-5', { word: 'weekly', days: [1, 2, 3, 4, 5], times: [at(3, 15)] }],
  ['0 22 * * Sun,Fri', { word: 'weekly', days: [5, 0], times: [at(22)] }],
  ['0 22 * * 7', { word: 'weekly', days: [0], times: [at(22)] }],
  ['0 22 * * 0-6', { word: 'daily', times: [at(22)] }],
  [' 0  4 1 * * ', { word: 'monthly', days: [1], times: [at(4)] }],
])('tells %j', (cron, words) => {
  expect(scheduleWords(cron)).toEqual(words)
})

it.each([
  // Begins anew each hour, so "every 7 minutes" would not be true.
  '*/7 * * * *',
  '0 */5 * * *',
  '0 4 1 * 1',
  '0 4 1 6 *',
  '0 4 L * *',
  '0 8-18 * * *',
  '0,30 */2 * * *',
  '61 4 * * *',
  '0 4 * * nonsense',
  '0 4 * *',
  '0 0 4 * * *',
  '',
])('leaves %j as it is', (cron) => {
  expect(scheduleWords(cron)).toBeNull()
})
