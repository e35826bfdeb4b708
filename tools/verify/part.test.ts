import { expect, test } from 'vitest'
import { countsLine, exitCodeOf, type PartResult, sum, summary } from './part.ts'

const part = (fields: Partial<PartResult>): PartResult => ({
  name: 'unit tests',
  passed: 1,
  failed: 0,
  skipped: 0,
  durationMs: 1234,
  output: '',
  ...fields,
})

test('the counts of all parts are added and said in one line', () => {
  const total = sum([part({ passed: 3, skipped: 2 }), part({ failed: 4 })])
  expect(countsLine(total)).toBe('4 passed, 4 failed, 2 skipped')
})

test.each([
  [{ passed: 1, failed: 0, skipped: 0 }, true, 0],
  [{ passed: 1, failed: 1, skipped: 0 }, false, 1],
  [{ passed: 1, failed: 0, skipped: 1 }, false, 0],
  [{ passed: 1, failed: 0, skipped: 1 }, true, 1],
  [{ passed: 0, failed: 0, skipped: 0 }, false, 1],
])('%j with CI %s exits with %i', (counts, isCi, expected) => {
  expect(exitCodeOf(counts, isCi)).toBe(expected)
})

test('only parts that failed show their output, and the table stands last', () => {
  const text = summary([
    part({ name: 'types', output: 'fine' }),
    part({ name: 'lint', failed: 1, output: 'a.ts is bad\n' }),
  ])
  expect(text).toBe(
    '--- lint ---\na.ts is bad\n\nok      types     1.2 s  1 passed, 0 failed, 0 skipped\nFAILED  lint      1.2 s  1 passed, 1 failed, 0 skipped',
  )
})

test('what failed stands below the table, as far as it can be read', () => {
  const failures = Array.from({ length: 22 }, (_, index) => `a.ts > ${index}`)
  const lines = summary([part({ failures: [] }), part({ failed: 22, failures })]).split('\n')
  expect(lines.slice(2)).toEqual([...failures.slice(0, 20), '… and 2 more'])
})
