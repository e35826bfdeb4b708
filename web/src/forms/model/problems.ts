import type { ApiProblem } from '../../api/problem.ts'
import type { Path } from './field.ts'

export type Problems = ReadonlyMap<string, readonly string[]>

/** Name of a place in a form, for maps and for the page. */
export const keyOf = (path: Path): string => path.join('/')

/**
 * What the server found wrong, by the place it stands at. A mistake found while the configuration as a whole was looked
 * at bears the collection and the position in front: `jobs, 0, vault`.
 */
export function problemsOf(problems: ApiProblem['problems']): Problems {
  const found = new Map<string, string[]>()
  for (const { path, message, hint } of problems) {
    const own = typeof path[0] === 'string' && typeof path[1] === 'number' && KINDS.has(path[0])
    const key = keyOf(own ? path.slice(2) : path)
    found.set(key, [...(found.get(key) ?? []), hint === undefined ? message : `${message}. ${hint}`])
  }
  return found
}

const KINDS: ReadonlySet<string> = new Set(['nodes', 'vaults', 'policies', 'notifications', 'jobs'])

/** What is wrong at a place; with `isLeaf`, also with what lies deeper, since nothing else shows it. */
export function problemsAt(problems: Problems, path: Path, isLeaf: boolean): string[] {
  const key = keyOf(path)
  return [...problems]
    .filter(([place]) => place === key || (isLeaf && place.startsWith(`${key}/`)))
    .flatMap(([, messages]) => messages)
}

/** Whether anything is wrong at a place or within it: what is folded opens for it. */
export function hasProblem(problems: Problems, path: Path): boolean {
  const key = keyOf(path)
  return [...problems.keys()].some((place) => place === key || place.startsWith(`${key}/`))
}
