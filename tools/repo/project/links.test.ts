import { expect, test } from 'vitest'
import { readTexts, repositoryPaths } from '../repository.ts'
import { inWords } from '../violation.ts'
import { linkViolations } from './links.ts'

const PATHS = ['README.md', 'docs/a.md', 'docs/how-to/b.md', 'docs/pictures/one two.png']
const B = '# The second page\n\n## What `holdfast run` does, and why\n\n## Twice\n\n## Twice\n'

const reported = (text: string) =>
  inWords(
    linkViolations(
      [
        { path: 'docs/a.md', text },
        { path: 'docs/how-to/b.md', text: B },
      ],
      PATHS,
    ),
  )

test.each([
  'see [b](how-to/b.md) and [the start](../README.md)',
  'see [why](how-to/b.md#what-holdfast-run-does-and-why), [again](how-to/b.md#twice-1)',
  '![a picture](pictures/one%20two.png "of two")',
  'see [all guides](how-to/)',
  '# Here\n\nsee [above](#here)',
  'see [elsewhere](https://example.org/nothing.md) or [write](mailto:a@example.org)',
  'written `[x](missing.md)`\n\n```\n[x](missing.md)\n# Heading\n```',
])('%j leads somewhere', (text) => {
  expect(reported(text)).toEqual([])
})

test.each([
  ['see\n[c](how-to/c.md)', 'docs/a.md:2: links to "how-to/c.md", which does not exist'],
  ['[b](how-to/b.md#third)', 'docs/a.md:1: links to "how-to/b.md#third", a heading that "docs/how-to/b.md"'],
  ['```\n# Here\n```\n[above](#here)', 'docs/a.md:4: links to "#here", a heading that "docs/a.md"'],
  ['[a [b]](b.md)', 'docs/a.md:1: links to "b.md", which does not exist'],
])('%j is reported', (text, words) => {
  expect(reported(text)).toEqual([expect.stringContaining(words)])
})

test('every relative link of README and docs leads to a file and a heading', () => {
  const paths = repositoryPaths()
  const pages = readTexts(paths.filter((path) => /^(README|docs\/.+)\.md$/.test(path)))
  expect(pages.length).toBeGreaterThan(20)
  expect(inWords(linkViolations(pages, paths))).toEqual([])
})
