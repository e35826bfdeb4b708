import { instant } from '@holdfast/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { cursorOf, readCursor } from '../cursor.ts'

test('a cursor gives back its keys', () => {
  const at = '2026-08-20T12:00:00.000Z'
  expect(readCursor(cursorOf(at, 'a'), instant, z.string())).toEqual([at, 'a'])
})

test.each([
  ['a text that no database can hold', cursorOf('2026-08-20T12:00:00Z', 'a\0b')],
  ['a year that no database can hold', cursorOf('0000-01-01T00:00:00Z', 'a')],
  ['keys of another list', cursorOf('a')],
  ['no keys', 'x'],
])('one with %s is refused', (_, cursor) => {
  expect(() => readCursor(cursor, instant, z.string())).toThrow(/not the `next` of a page/)
})
