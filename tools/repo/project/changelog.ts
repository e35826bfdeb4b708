import type { SourceText } from '../repository.ts'
import type { Violation } from '../violation.ts'

export const CHANGE_TYPES = ['Security', 'Change', 'Bugfix', 'Enhancement'] as const

/** Fragments that do not follow changelog/TEMPLATE.md. */
export function changelogViolations(fragments: readonly SourceText[]): Violation[] {
  return fragments.flatMap(({ path, text }) =>
    problemsOf(path, text).map((what) => ({
      where: path,
      what,
      why: 'changelog/TEMPLATE.md shows the form',
    })),
  )
}

function problemsOf(path: string, text: string): string[] {
  const problems: string[] = []
  const [title = '', blank = '', ...body] = text.split('\n')
  const match = /^([A-Z][a-z]+): (\S.*)$/.exec(title)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*\.md$/.test(path.split('/').at(-1) ?? ''))
    problems.push('is not named in kebab-case')
  if (!match || !CHANGE_TYPES.some((type) => type === match[1]))
    problems.push(`does not begin with "${CHANGE_TYPES.join('|')}: title"`)
  if (match?.[2]?.endsWith('.')) problems.push('has a title that ends with a full stop')
  if (title.length > 100) problems.push('has a title of more than 100 characters')
  if (blank.trim() !== '') problems.push('has no blank line after the title')
  if (body.join('').trim().length < 20) problems.push('does not tell users what changed')
  if (/<[a-z ]+>/.test(text)) problems.push('has a gap of the template left to fill')
  return problems
}
