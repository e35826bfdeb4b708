import { expect, test } from 'vitest'
import { codeTexts } from '../repository.ts'
import { inWords } from '../violation.ts'
import { cycleViolations } from './cycles.ts'
import { parseCode } from './parse-code.ts'

const reported = (texts: Record<string, string>) =>
  inWords(cycleViolations(Object.entries(texts).map(([path, text]) => parseCode({ path, text }))))

test('a circle of three is reported once, with its way round', () => {
  const found = reported({
    'server/src/kit/a.ts': `import './b.ts'`,
    'server/src/kit/b.ts': `import './c/c.ts'`,
    'server/src/kit/c/c.ts': `export * from '../a.ts'`,
  })
  expect(found).toEqual([
    expect.stringContaining('server/src/kit/a.ts: imports itself: a.ts -> b.ts -> c/c.ts -> a.ts'),
  ])
})

test('a file that imports itself is reported', () => {
  expect(reported({ 'tools/a.ts': `await import('./a.ts')` })).toHaveLength(1)
})

test('two ways to one file, and types that describe each other, are no circle', () => {
  const texts = {
    'tools/a.ts': `import './b.ts'; import './c.ts'; import './d.ts'`,
    'tools/b.ts': `import './d.ts'; import type { A } from './a.ts'`,
    'tools/c.ts': `import './d.ts'`,
    'tools/d.ts': `import { type A } from './a.ts'`,
  }
  expect(reported(texts)).toEqual([])
})

test('the repository has no import cycle', () => {
  expect(inWords(cycleViolations(codeTexts().map(parseCode)))).toEqual([])
})
