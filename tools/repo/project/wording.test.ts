import { expect, test } from 'vitest'
import { readTexts, repositoryPaths } from '../repository.ts'
import { inWords } from '../violation.ts'
import { wordingViolations } from './wording.ts'

const reported = (...words: string[]) =>
  inWords(wordingViolations([{ path: 'docs/a.md', text: `first line\n${words.join('')}` }]))

test.each([
  ['see /wo', 'rk/main/server'],
  ['see ../sha', 'red/lab'],
  ['run fa', 'rm-search'],
  ['written in a helper ses', 'sion'],
  ['as the bri', 'ef.md says'],
  ['// TO', 'DO: later'],
])('%s%s is reported with its line', (...words) => {
  expect(reported(...words)).toEqual([expect.stringMatching(/^docs\/a\.md:2: says ".+" \(.+\)$/)])
})

test.each(['the PostgreSQL session', '/home/ann/work/maintenance', 'a wind farm', 'shared locks', 'brief'])(
  '%s is not',
  (text) => {
    expect(reported(text)).toEqual([])
  },
)

test('no text of the repository says what it must not', () => {
  const texts = readTexts(repositoryPaths().filter((path) => path !== 'package-lock.json'))
  expect(inWords(wordingViolations(texts))).toEqual([])
})
