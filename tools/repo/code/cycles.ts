import { posix } from 'node:path'
import type { Violation } from '../violation.ts'
import type { CodeFile } from './parse-code.ts'

const WHY =
  'files that need each other are one file in truth: move what both need into a third, or hand one in as an argument'

/**
 * Reports each group of files that import each other in a circle. Imports of types are left out: they are gone when the
 * code runs, and two schemas may well describe each other.
 */
export function cycleViolations(files: readonly CodeFile[]): Violation[] {
  const targets = new Map(
    files.map((file) => [
      file.path,
      file.imports
        .filter((edge) => !edge.isTypeOnly && edge.target !== null)
        .map((edge) => edge.target ?? ''),
    ]),
  )
  const violations: Violation[] = []
  const done = new Set<string>()
  const walk = (path: string, trail: string[]): void => {
    const at = trail.indexOf(path)
    if (at >= 0) violations.push(circle(trail.slice(at)))
    if (at >= 0 || done.has(path)) return
    for (const target of targets.get(path) ?? []) walk(target, [...trail, path])
    done.add(path)
  }
  for (const path of targets.keys()) walk(path, [])
  return violations
}

function circle(paths: string[]): Violation {
  const [first = ''] = paths
  const short = [...paths, first].map((path) => posix.relative(posix.dirname(first), path))
  return { where: first, what: `imports itself: ${short.join(' -> ')}`, why: WHY }
}
