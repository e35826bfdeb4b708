import type { SourceText } from '../repository.ts'
import type { Violation } from '../violation.ts'

/** Each phrase in pieces, so that this file does not hold what it looks for. */
const PHRASES: readonly { pieces: readonly string[]; why: string }[] = [
  {
    pieces: ['(?<!\\w)/wo', 'rk/(main|shared|\\.library)\\b'],
    why: 'a path of one machine means nothing on another',
  },
  { pieces: ['\\.\\./', 'shared\\b'], why: 'that folder is not part of the repository' },
  { pieces: ['\\bfa', 'rm-[a-z]+'], why: 'that tool is not part of the repository' },
  {
    pieces: ['\\b([Hh]elper|coding|agent) se', 'ssions?\\b'],
    why: 'a reader needs the reason, not how the text came about',
  },
  { pieces: ['\\bbri', 'ef\\.md\\b'], why: 'that file is not part of the repository' },
  { pieces: ['/tm', 'p/(bash_jobs|brief)'], why: 'a path of one machine means nothing on another' },
  {
    pieces: ['\\b([Cc]lau', 'de|[Aa]nthro', 'pic|[Cc]hat', 'GPT|lang', 'uage model)\\b'],
    why: 'the text speaks of the product',
  },
  {
    pieces: ['\\b(TO', 'DO|FIX', 'ME|X', 'XX)\\b'],
    why: 'what is missing is finished or left out, not noted',
  },
]

/** Phrases that must not stand in any text of the repository. */
export function wordingViolations(texts: readonly SourceText[]): Violation[] {
  const rules = PHRASES.map(({ pieces, why }) => ({ pattern: new RegExp(pieces.join('')), why }))
  return texts.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) =>
      rules.flatMap(({ pattern, why }) => {
        const found = pattern.exec(line)
        return found ? [{ where: `${path}:${index + 1}`, what: `says "${found[0]}"`, why }] : []
      }),
    ),
  )
}
