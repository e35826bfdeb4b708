import { posix } from 'node:path'
import type { SourceText } from '../repository.ts'
import type { Violation } from '../violation.ts'

const WHY = 'a reader who follows it finds nothing'
const FENCE = /^ {0,3}(```|~~~)/
/** What follows the text of a link, which may hold brackets and may have begun on a line before. */
const LINK = /\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g

/** Relative links of Markdown pages that lead to no file, or to no heading of a page. `paths` are those of all files. */
export function linkViolations(pages: readonly SourceText[], paths: readonly string[]): Violation[] {
  const files = new Set(paths)
  const folders = new Set(paths.flatMap((path) => foldersOf(path)))
  const anchors = new Map(pages.map(({ path, text }) => [path, anchorsOf(text)]))
  return pages.flatMap(({ path, text }) =>
    linksOf(text).flatMap(({ target, line }) => {
      const [file = '', anchor] = target.split('#', 2)
      const place = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file))
      const where = `${path}:${line}`
      if (!files.has(place) && !folders.has(place.replace(/\/$/, '')))
        return [{ where, what: `links to "${target}", which does not exist`, why: WHY }]
      const known = anchors.get(place)
      if (anchor === undefined || known === undefined || known.has(anchor)) return []
      return [{ where, what: `links to "${target}", a heading that "${place}" does not have`, why: WHY }]
    }),
  )
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** The lines outside of fenced code, each with its number; code between backticks is emptied. */
function prose(text: string): { line: number; words: string }[] {
  let fence: string | null = null
  return text.split('\n').flatMap((words, index) => {
    const mark = FENCE.exec(words)?.[1]
    if (mark !== undefined && (fence === null || fence === mark)) {
      fence = fence === null ? mark : null
      return []
    }
    return fence === null ? [{ line: index + 1, words }] : []
  })
}

function linksOf(text: string): { target: string; line: number }[] {
  return prose(text).flatMap(({ line, words }) =>
    [...words.replace(/`[^`]*`/g, '``').matchAll(LINK)]
      .map(([, target = '']) => ({ target, line }))
      .filter(({ target }) => !/^[a-z][a-z+.-]*:|^\//i.test(target)),
  )
}

/** As they are made on the pages of a repository: small letters, no punctuation, blanks as `-`, a number when twice. */
function anchorsOf(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>()
  const all = new Set<string>()
  for (const { words } of prose(text)) {
    for (const [, id = ''] of words.matchAll(/<a (?:id|name)="([^"]+)"/g)) all.add(id)
    const heading = /^#{1,6} +(.*?) *#*$/.exec(words)?.[1]
    if (heading === undefined) continue
    const shown = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    const slug = shown
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    all.add(count === 0 ? slug : `${slug}-${count}`)
  }
  return all
}
