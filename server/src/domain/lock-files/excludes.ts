import type { JobLockFiles } from '@holdfast/contract'

/**
 * Patterns of rsync(1) that keep the own lock files of a job out of a copy of `source`, an absolute path. None for a file
 * that lies elsewhere.
 */
export function excludesFor(lockFiles: readonly JobLockFiles[], source: string): string[] {
  const root = source.endsWith('/') ? source : `${source}/`
  const inside = lockFiles.flatMap(({ own }) => {
    const path = own?.replaceAll(/\/{2,}/g, '/')
    return path?.startsWith(root) ? [path.slice(root.length)] : []
  })
  return [...new Set(inside)].map((path) => `/${literal(path)}`)
}

/** rsync takes a backslash for an escape only in a pattern that holds a wildcard. */
function literal(path: string): string {
  return /[*?[]/.test(path) ? path.replaceAll(/[*?[\\]/g, '\\$&') : path
}
