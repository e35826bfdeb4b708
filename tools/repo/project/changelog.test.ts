import { expect, test } from 'vitest'
import { readTexts, repositoryPaths } from '../repository.ts'
import { inWords } from '../violation.ts'
import { changelogViolations } from './changelog.ts'

const good = 'Bugfix: Keep the newest restore point\n\nRetention removed the only restore point of a job.\n'
const reported = (text: string, name = 'keep-newest.md') =>
  inWords(changelogViolations([{ path: `changelog/unreleased/${name}`, text }]))

test('a fragment that follows the template passes', () => {
  expect(reported(good)).toEqual([])
})

test.each([
  ['an unknown type', good.replace('Bugfix', 'Improvement'), 'does not begin with'],
  ['no title', good.replace(/: .*/, ':'), 'does not begin with'],
  ['a full stop', good.replace('point\n', 'point.\n'), 'full stop'],
  ['a long title', good.replace('Keep', 'Keep '.repeat(20)), 'more than 100'],
  ['no blank line', good.replace('\n\n', '\n'), 'no blank line'],
  ['no text', 'Bugfix: Keep the newest restore point\n\n\n', 'does not tell users'],
  ['a gap left', good.replace('the only', '<what was wrong>'), 'left to fill'],
])('%s is reported', (_, text, what) => {
  expect(reported(text)).toEqual(expect.arrayContaining([expect.stringContaining(what)]))
})

test('a name that is not kebab-case is reported', () => {
  expect(reported(good, 'Keep_Newest.md')).toEqual([expect.stringContaining('kebab-case')])
})

test('the fragments of the repository follow the template', () => {
  const paths = repositoryPaths().filter((path) => /^changelog\/unreleased\/.+\.md$/.test(path))
  expect(inWords(changelogViolations(readTexts(paths)))).toEqual([])
})
