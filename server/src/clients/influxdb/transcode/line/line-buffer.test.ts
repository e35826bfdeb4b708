import { expect, test } from 'vitest'
import { type LineBatch, LineBuffer } from './line-buffer.ts'

function write(out: LineBuffer, text: string, values = 1): void {
  out.room(text.length + 1)
  out.endLine(out.position + out.bytes.write(text, out.position, 'latin1'), values)
}

function collecting(maxLines: number, maxBytes: number) {
  const batches: LineBatch[] = []
  const out = new LineBuffer({ maxLines, maxBytes, onBatch: (batch) => batches.push(batch) })
  return { out, batches, texts: () => batches.map(({ bytes }) => bytes.toString('latin1')) }
}

test('a batch ends after so many lines', () => {
  const { out, batches, texts } = collecting(2, 1000)
  for (const line of ['a', 'b', 'c']) write(out, line, 3)
  expect(texts()).toEqual(['a\nb\n'])
  out.flush()
  out.flush()
  expect(texts()).toEqual(['a\nb\n', 'c\n'])
  expect(batches.map(({ lines, values }) => [lines, values])).toEqual([
    [2, 6],
    [1, 3],
  ])
})

test('a batch ends with the line that reaches so many bytes', () => {
  const { out, texts } = collecting(100, 10)
  for (const line of ['1234', '5678', '9']) write(out, line)
  expect(texts()).toEqual(['1234\n5678\n'])
})

test('a line larger than a buffer comes whole, and alone', () => {
  const { out, texts } = collecting(100, 10)
  const long = 'x'.repeat(200_000)
  write(out, 'a')
  write(out, long)
  write(out, 'b')
  out.flush()
  expect(texts()).toEqual(['a\n', `${long}\n`, 'b\n'])
})

test('buffers given back are used again, once each; those that are held are not', () => {
  const { out, batches } = collecting(1, 10)
  write(out, 'a')
  batches[0]?.release()
  batches[0]?.release()
  write(out, 'b')
  write(out, 'c')
  write(out, 'd')
  const memory = batches.map(({ bytes }) => bytes.buffer)
  expect(memory[2]).toBe(memory[0])
  expect(new Set(memory).size).toBe(3)
  expect(batches[1]?.bytes.toString()).toBe('b\n')
})
