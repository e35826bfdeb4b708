/** A broken rule of the repository: where, what is there, and why it must not be. */
export interface Violation {
  /** A path, with a line where there is one: `server/src/kit/log.ts:12`. */
  where: string
  what: string
  why: string
}

/** What a failing test prints: one violation a line, or an empty list when all is well. */
export function inWords(violations: readonly Violation[]): string[] {
  return violations.map(({ where, what, why }) => `${where}: ${what} (${why})`)
}
