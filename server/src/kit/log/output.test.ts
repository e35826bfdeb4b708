import { describe, expect, it } from 'vitest'
import { LineBuffer } from './output.ts'

describe('LineBuffer', () => {
  it('gives up the oldest lines when too many characters wait, and counts them once', () => {
    const buffer = new LineBuffer(10)
    for (const line of ['aaaa', 'bbbb', 'cccc', 'dddd']) buffer.push(line)
    expect(buffer.droppedSince()).toBe(2)
    expect(buffer.droppedSince()).toBe(0)
    expect(buffer.take(100)).toEqual(['cccc', 'dddd'])
    expect(buffer.isEmpty).toBe(true)
  })

  it('keeps a single line however long it is, and takes at least one', () => {
    const buffer = new LineBuffer(3)
    buffer.push('too long')
    expect(buffer.take(1)).toEqual(['too long'])
  })

  it('takes no more than asked', () => {
    const buffer = new LineBuffer(100)
    for (const line of ['aa', 'bb', 'cc']) buffer.push(line)
    expect(buffer.take(4)).toEqual(['aa', 'bb'])
    expect(buffer.take(4)).toEqual(['cc'])
  })
})
