/** How long a run took; null while it goes on or when it never began. */
export function runLength(
  run: { startedAt: string | null; finishedAt: string | null } | null,
): number | null {
  if (!run || run.startedAt === null || run.finishedAt === null) return null
  return Math.max(0, Date.parse(run.finishedAt) - Date.parse(run.startedAt))
}
