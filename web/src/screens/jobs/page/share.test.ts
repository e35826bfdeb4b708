import { expect, it } from 'vitest'
import { shareOf } from './share.ts'

it('is told by bytes before items, never above all, and not at all while the whole is unknown', () => {
  expect(shareOf({ doneBytes: 50, totalBytes: 200, doneItems: 9, totalItems: 10 })).toBe(0.25)
  expect(shareOf({ doneBytes: 300, totalBytes: 200 })).toBe(1)
  expect(shareOf({ doneBytes: 5, doneItems: 9, totalItems: 10 })).toBe(0.9)
  expect(shareOf({ doneBytes: 5, totalBytes: 0 })).toBeNull()
})
