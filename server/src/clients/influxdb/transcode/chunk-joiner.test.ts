import { HoldfastError } from '@holdfast/contract'
import { expect, test } from 'vitest'
import { ChunkJoiner, LONGEST_PIECE } from './chunk-joiner.ts'

const joiner = () => new ChunkJoiner(() => new HoldfastError('node-answer-invalid', 'too long'))

test('what is kept comes before the next chunk, which may be written over afterwards', () => {
  const input = joiner()
  const first = Buffer.from('abcdef')
  expect(input.push(first)).toBe(true)
  input.keep(4, 1)
  first.fill(0)
  expect(input.push(Buffer.from('gh'))).toBe(true)
  expect(input.bytes.toString('latin1', input.at, input.end)).toBe('efgh')
  input.keep(input.end, 0)
  expect(input.last()).toBe(false)
})

test('a piece that comes in tiny chunks is looked at a few times only', () => {
  const input = joiner()
  let looked = 0
  for (let i = 0; i < 100_000; i++) {
    if (!input.push(Buffer.of(i & 0xff))) continue
    looked += input.end
    input.keep(0, 1)
  }
  expect(input.last()).toBe(true)
  expect(input.end).toBe(100_000)
  expect(looked).toBeLessThan(300_000)
})

test('nothing is parsed before what is missing has come', () => {
  const input = joiner()
  input.push(Buffer.from('a'))
  input.keep(0, 1000)
  expect(input.push(Buffer.alloc(900))).toBe(false)
  expect(input.push(Buffer.alloc(99))).toBe(true)
})

test('a piece longer than any can be is refused', () => {
  const input = joiner()
  input.push(Buffer.from('a'))
  expect(() => input.keep(0, LONGEST_PIECE + 1)).toThrow('too long')
})
