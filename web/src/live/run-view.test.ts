import type { RunLogLine } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { applyRunEvent, MAX_LINES, NOTHING_YET } from './run-view.ts'

const line = (position: number): RunLogLine => ({
  position,
  at: '2026-11-20T03:00:00Z',
  level: 'info',
  message: `line ${position}`,
  fields: {},
})

it('keeps a line once that comes again after a reconnect', () => {
  const first = applyRunEvent(NOTHING_YET, { event: 'log', data: [line(0), line(1)] })
  const again = applyRunEvent(first, { event: 'log', data: [line(1), line(2)] })
  expect(again.lines.map(({ position }) => position)).toEqual([0, 1, 2])
  expect(again.position).toBe(2)
})

it('leaves a view as it is when nothing in an event is new', () => {
  const first = applyRunEvent(NOTHING_YET, { event: 'log', data: [line(0)] })
  expect(applyRunEvent(first, { event: 'log', data: [line(0)] })).toBe(first)
})

it('keeps the newest lines and counts those it dropped', () => {
  const many = Array.from({ length: MAX_LINES + 3 }, (_, position) => line(position))
  const view = applyRunEvent(NOTHING_YET, { event: 'log', data: many })
  expect(view.lines).toHaveLength(MAX_LINES)
  expect(view.lines[0]?.position).toBe(3)
  expect(view.droppedLines).toBe(3)
  expect(view.position).toBe(MAX_LINES + 2)
})

it('knows when the run has ended', () => {
  expect(applyRunEvent(NOTHING_YET, { event: 'end', data: {} }).isEnded).toBe(true)
})
