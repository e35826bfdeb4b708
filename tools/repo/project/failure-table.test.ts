import { ERROR_CODES } from '@holdfast/contract'
import { expect, test } from 'vitest'
import { en } from '../../../server/src/domain/phrases/en.ts'
import { readTexts, repositoryPaths } from '../repository.ts'
import { inWords } from '../violation.ts'
import { FAILURE_PAGE, failureTableViolations } from './failure-table.ts'

const names = new Set([...Object.keys(ERROR_CODES), ...Object.keys(en)])
const row = (code: string, title: string) =>
  `| It burns | ${code} | failed | Call for help | [fire](../../server/fire.it.ts): “${title}” |`
const reported = (text: string) => {
  const tests = new Map([['server/fire.it.ts', "test('burns', () => {})"]])
  return inWords(failureTableViolations({ path: FAILURE_PAGE, text }, names, tests))
}

test.each([
  ['a code that nobody declares', row('`disk-on-fire`', 'burns'), 'disk-on-fire'],
  ['a test that is not there', row('`disk-busy`', 'freezes'), 'freezes'],
  ['a row without a test', '| It burns | `disk-busy` | failed | Run |', 'names no test'],
])('%s is reported', (_, text, said) => {
  expect(reported(text)).toEqual([expect.stringContaining(said)])
})

test('a code and a phrase with their tests are not', () => {
  expect(reported([row('`disk-busy`', 'burns'), row('`warning.lockGone`', 'burns')].join('\n'))).toEqual([])
})

test('every row of the page has its code and its test', () => {
  const texts = readTexts(repositoryPaths())
  const page = texts.find(({ path }) => path === FAILURE_PAGE)
  const tests = new Map(texts.map(({ path, text }) => [path, text]))
  expect(page).toBeDefined()
  expect(page && inWords(failureTableViolations(page, names, tests))).toEqual([])
})
