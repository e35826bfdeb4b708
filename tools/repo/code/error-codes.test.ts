import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ERROR_CODES } from '../../../contract/src/error-codes.ts'
import { codeTexts, ROOT } from '../repository.ts'
import { inWords } from '../violation.ts'
import { ERRORS_PAGE, errorCodeViolations } from './error-codes.ts'
import { parseCode } from './parse-code.ts'

const page = '# Errors\n\n### vault-full\n\nNo space.\n'
const thrower = `throw new HoldfastError('vault-full', 'no space')`
const reported = (text: string, declared = ['vault-full'], errorsPage = page, path = 'server/src/kit/x.ts') =>
  inWords(errorCodeViolations([parseCode({ path, text })], declared, errorsPage))

test('a code that is declared, used and documented passes', () => {
  expect(reported(thrower)).toEqual([])
  expect(reported(`if (error.code === 'vault-full') wait()`)).toEqual([])
})

test('an unused code is reported; use in a test or a comment does not count', () => {
  const unused = ['contract/src/error-codes.ts: vault-full is used nowhere']
  expect(reported(`// 'vault-full'`)).toEqual([expect.stringContaining(unused[0] ?? '')])
  expect(reported(thrower, ['vault-full'], page, 'server/src/kit/x.test.ts')).toHaveLength(1)
})

test('an undeclared code is reported where it is thrown', () => {
  expect(reported(`${thrower}\nthrow new HoldfastError('vault-fool', 'typo')`)).toEqual([
    expect.stringContaining('server/src/kit/x.ts:2: throws vault-fool'),
  ])
})

test('an undocumented code is reported, and a documented one that does not exist', () => {
  expect(reported(thrower, ['vault-full'], '### vault-fool')).toEqual([
    expect.stringContaining('vault-full is missing'),
    expect.stringContaining('vault-fool is no error code'),
  ])
})

test('the error codes of the repository are used, declared and documented', () => {
  const file = join(ROOT, ERRORS_PAGE)
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  expect(inWords(errorCodeViolations(codeTexts().map(parseCode), Object.keys(ERROR_CODES), text))).toEqual([])
})
