import type { SourceText } from '../repository.ts'
import type { Violation } from '../violation.ts'

export const FAILURE_PAGE = 'docs/how-to/when-a-copy-fails.md'

const ROW = /^\| (.+?) \| (.+?) \| .* \| \[[^\]]+\]\(\.\.\/\.\.\/([^)]+)\): “(.+)” +\|$/

/**
 * The page that tells what can go wrong with a copy promises a code and a test for each row: both must be there. `names`
 * are the error codes and the phrases of warnings.
 */
export function failureTableViolations(
  page: SourceText,
  names: ReadonlySet<string>,
  tests: ReadonlyMap<string, string>,
): Violation[] {
  return page.text.split('\n').flatMap((text, index): Violation[] => {
    if (!text.startsWith('| ') || /^\| (-+ |What happened)/.test(text)) return []
    const [, , code = '', file = '', title = ''] = ROW.exec(text)?.map((cell) => cell.trim()) ?? []
    const at = { where: `${page.path}:${index + 1}` }
    if (file === '') return [{ ...at, what: 'a row names no test', why: 'a promise without a test is none' }]
    const name = /^`(.+)`$/.exec(code)?.[1]
    const isKnown = name === undefined || names.has(name)
    const isProved = tests.get(file)?.includes(`'${title}'`) ?? false
    return [
      ...(isKnown ? [] : [{ ...at, what: `${code} is no code`, why: 'people look it up' }]),
      ...(isProved
        ? []
        : [{ ...at, what: `${file} has no test “${title}”`, why: 'a promise without a test is none' }]),
    ]
  })
}
