import type { Violation } from '../violation.ts'

export const DEPENDENCIES_PAGE = 'docs/decisions/dependencies.md'
export const MOST_RUNTIME_DEPENDENCIES = 25

/**
 * Checks the packages that run in production against the page that says why each is there.
 * @param workspaces names of the runtime dependencies by workspace
 * @param page text of {@link DEPENDENCIES_PAGE}: a list with one line `` - `name`: reason `` each
 */
export function dependencyViolations(
  workspaces: Readonly<Record<string, readonly string[]>>,
  page: string,
): Violation[] {
  const violations: Violation[] = []
  const reasons = new Map(
    [...page.matchAll(/^- `([^`]+)`(.*)$/gm)].map(([, name = '', rest = '']) => [
      name,
      rest.replace(/^:\s*/, ''),
    ]),
  )
  const used = new Set<string>()
  for (const [workspace, names] of Object.entries(workspaces)) {
    const foreign = names.filter((name) => !name.startsWith('@holdfast/'))
    if (foreign.length > MOST_RUNTIME_DEPENDENCIES)
      violations.push({
        where: `${workspace}/package.json`,
        what: `has ${foreign.length} runtime dependencies`,
        why: `at most ${MOST_RUNTIME_DEPENDENCIES}: each one is somebody else’s release to follow`,
      })
    for (const name of foreign) {
      used.add(name)
      if ((reasons.get(name) ?? '').length < 15)
        violations.push({
          where: `${workspace}/package.json`,
          what: `depends on ${name}`,
          why: `${DEPENDENCIES_PAGE} gives no reason for it`,
        })
    }
  }
  for (const name of reasons.keys())
    if (!used.has(name))
      violations.push({
        where: DEPENDENCIES_PAGE,
        what: `lists ${name}`,
        why: 'nothing depends on it any more',
      })
  return violations
}
