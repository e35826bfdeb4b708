import { NO_MARKS, type RestorePointMarks } from '@holdfast/contract'
import { expect, test } from 'vitest'
import { filesBefore, mayBeDamaged } from './previous.ts'

type Asked = Parameters<typeof mayBeDamaged>[0][number]

function point(marks: Partial<RestorePointMarks>, previous: string | null = 'job/before'): Asked {
  return { marks: { ...NO_MARKS, ...marks }, details: { previous } as Asked['details'] }
}

const unchecked = point({})
const damaged = point({ verifiedOk: false })
const sampled = point({ verifiedOk: true, verifiedLevel: 'sample' })
const sound = point({ verifiedOk: true, verifiedLevel: 'full' })
const alone = point({}, null)

test.each([
  ['nothing was checked', [unchecked, unchecked], false],
  ['the newest is damaged', [damaged, sound], true],
  ['an older one is, and its files may be shared', [unchecked, damaged], true],
  ['a sample says nothing about the rest', [sampled, damaged], true],
  ['a full check since then found all sound', [unchecked, sound, damaged], false],
  ['the newest shares nothing', [alone, damaged], false],
  ['one since then shares nothing', [unchecked, alone, damaged], false],
])('%s', (_, points, expected) => {
  expect(mayBeDamaged(points)).toBe(expected)
})

const files = (itemCount: number, marks: Partial<RestorePointMarks> = {}) =>
  ({ marks: { ...NO_MARKS, ...marks }, manifest: { itemCount } }) as Parameters<typeof filesBefore>[0][number]
const isDamaged = { verifiedOk: false }

test.each([
  ['there is none', [], 0],
  ['the newest has some', [files(3), files(5)], 3],
  ['the newest is damaged', [files(3, isDamaged)], 3],
  ['the newest is empty', [files(0), files(5)], 0],
  ['the newest is empty and damaged', [files(0, isDamaged), files(5)], 5],
])('files of earlier restore points: %s', (_, points, expected) => {
  expect(filesBefore(points)).toBe(expected)
})
