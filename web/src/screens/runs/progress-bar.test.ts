import { expect, it } from 'vitest'
import { progressShare } from './progress-bar.tsx'

it('goes by bytes, which tell more than items', () => {
  expect(progressShare({ doneBytes: 25, totalBytes: 100, doneItems: 9, totalItems: 10 })).toBe(0.25)
})

it('goes by items where bytes are unknown', () => {
  expect(progressShare({ doneBytes: 25, doneItems: 9, totalItems: 10 })).toBe(0.9)
})

it('is unknown without a total, also when that is 0', () => {
  expect(progressShare({ doneBytes: 25 })).toBeNull()
  expect(progressShare({ doneBytes: 0, totalBytes: 0 })).toBeNull()
})

it('is never more than all when a source has grown meanwhile', () => {
  expect(progressShare({ doneBytes: 120, totalBytes: 100 })).toBe(1)
})
