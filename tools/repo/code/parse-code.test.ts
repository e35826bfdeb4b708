import { expect, test } from 'vitest'
import { parseCode } from './parse-code.ts'

const parse = (text: string, path = 'server/src/engine/x.ts') => parseCode({ path, text })

test('finds every way to import, and knows which are erased', () => {
  const { imports } = parse(`import { a } from './a.ts'
import type { B } from '../store/b.ts'
import { type C, type D } from '@holdfast/contract'
import { type E, f } from './f.ts'
export * from './g.ts'
export type { H } from './h.ts'
const i = await import('./i.ts')
type J = import('./j.ts').J
import fs from 'node:fs'`)
  expect(imports.map((edge) => [edge.target ?? edge.specifier, edge.isTypeOnly, edge.line])).toEqual([
    ['server/src/engine/a.ts', false, 1],
    ['server/src/store/b.ts', true, 2],
    ['contract/src/index.ts', true, 3],
    ['server/src/engine/f.ts', false, 4],
    ['server/src/engine/g.ts', false, 5],
    ['server/src/engine/h.ts', true, 6],
    ['server/src/engine/i.ts', false, 7],
    ['server/src/engine/j.ts', true, 8],
    ['node:fs', false, 9],
  ])
})

test('sees strings and error codes in code, not in comments', () => {
  const file = parse(`// 'in-a-comment'
throw new HoldfastError('vault-full', \`no space on \${name}\`) /* disk-copy */`)
  expect(file.strings.map(({ value }) => value)).toEqual(['vault-full', 'no space on ', ''])
  expect(file.thrownCodes).toEqual([{ value: 'vault-full', line: 2 }])
  expect(file.withoutComments).not.toMatch(/in-a-comment|disk-copy/)
  expect(file.withoutComments.split('\n')).toHaveLength(2)
})

test('counts the lines of a function without those of the functions inside', () => {
  const { functions } = parse(`function outer() {
  return {
    inner() {
      one()
      two()
    },
  }
}`)
  expect(functions).toEqual([
    { name: 'outer', line: 1, ownLines: 5 },
    { name: 'inner', line: 3, ownLines: 4 },
  ])
})

test('lines of a file do not include the end of the last one', () => {
  expect(parse('a()\nb()\n').lineCount).toBe(2)
})

test('a file that does not parse is named', () => {
  expect(() => parse('const = 1')).toThrow('server/src/engine/x.ts does not parse')
})
