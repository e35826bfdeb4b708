import { describe, expect, test } from 'vitest'
import { codeTexts } from '../repository.ts'
import { inWords } from '../violation.ts'
import { parseCode } from './parse-code.ts'
import { FOLDER_EXCEPTIONS, sizeViolations } from './sizes.ts'

/** Files of the given numbers of lines, three to a folder so that the folders please. */
function filesOf(lineCounts: number[], folder = 'server/src/kit') {
  return lineCounts.map((lines, index) =>
    parseCode({ path: `${folder}/f${index}.ts`, text: 'a()\n'.repeat(lines) }),
  )
}
const words = (files: Parameters<typeof sizeViolations>[0]) => inWords(sizeViolations(files))

describe('files', () => {
  test('one of 500 lines is reported, one of 499 is not', () => {
    const small = Array.from({ length: 11 }, () => 10)
    expect(words(filesOf([...small, 499]))).toEqual([])
    expect(words(filesOf([...small, 500]))).toEqual([
      expect.stringContaining('server/src/kit/f11.ts: has 500 lines'),
    ])
  })

  test('more than one in ten of 300 lines is reported with their names', () => {
    expect(words(filesOf([300, 300, ...Array.from({ length: 10 }, () => 10)]))).toEqual([
      expect.stringContaining(
        '2 of 12 files: have 300 lines or more: server/src/kit/f0.ts, server/src/kit/f1.ts',
      ),
    ])
  })

  test('a median above 90 is reported', () => {
    expect(words(filesOf([10, 90, 100]))).toEqual([])
    expect(words(filesOf([10, 91, 100]))).toEqual([expect.stringContaining('median of 91 lines')])
  })
})

describe('functions', () => {
  const withFunction = (body: string) => [
    ...filesOf([3, 3, 3]),
    parseCode({ path: 'server/src/kit/long.ts', text: `\nfunction long() {\n${body}}\n` }),
  ]

  test('one of more than 60 lines is reported with its place', () => {
    expect(words(withFunction('a()\n'.repeat(58)))).toEqual([])
    expect(words(withFunction('a()\n'.repeat(59)))).toEqual([
      expect.stringContaining('server/src/kit/long.ts:2: long has 61 lines of its own'),
    ])
  })

  test('a table of cases in a test may be long, and a migration', () => {
    const text = `function long() {\n${'a()\n'.repeat(80)}}`
    for (const path of ['server/src/kit/long.test.ts', 'server/src/store/migrations/001-long.ts'])
      expect(words([...filesOf([3, 3, 3]), parseCode({ path, text })])).toEqual([])
  })

  test('functions inside are counted by themselves', () => {
    expect(words(withFunction(`const b = () => {\n${'a()\n'.repeat(40)}}\n`.repeat(3)))).toEqual([])
  })
})

describe('folders', () => {
  const some = (folder: string, count: number) =>
    filesOf(
      Array.from({ length: count }, () => 3),
      folder,
    )

  test('too many and too few files are reported; a folder with subfolders may hold few', () => {
    expect(words(some('server/src/kit', 15))).toEqual([expect.stringContaining('holds 15 files (at most 14')])
    expect(words(some('server/src/kit', 2))).toContainEqual(
      expect.stringContaining('server/src/kit: holds 2 files (at least 3'),
    )
    expect(words([...some('tools', 2), ...some('tools/repo', 3)])).toEqual([])
  })

  test('a name that says nothing and a folder too deep are reported', () => {
    expect(words(some('server/src/utils', 3))).toContainEqual(expect.stringContaining('is called utils'))
    expect(words(some('server/src/a/b/c/d/e', 3))).toContainEqual(expect.stringContaining('lies 5 deep'))
  })

  test('a listed exception is let through', () => {
    expect(words([...some('tools', 2), ...some('tools/bench', 1)])).toEqual([])
    expect(Object.values(FOLDER_EXCEPTIONS).every((reason) => reason.length > 10)).toBe(true)
  })
})

test('the repository keeps to the sizes', () => {
  expect(inWords(sizeViolations(codeTexts().map(parseCode)))).toEqual([])
})
