/** What decides when a disk of a disk set is to be back. */
export interface Rotation {
  /** When the newest good restore point on it was taken; null without one. */
  readonly lastCopyAt: string | null
  /** Since when it belongs to the set. */
  readonly knownSince: string
  /** How old its newest good copy may become; null without a rotation rule. */
  readonly withinMs: number | null
}

/**
 * A disk is due one rotation after its newest good copy was taken: a copy that failed its check does not count. A disk
 * without a good copy is due one rotation after it joined the set, so that a new one may first be fetched and filled.
 */
export function rotationOf(
  { lastCopyAt, knownSince, withinMs }: Rotation,
  now: Date,
): { dueAt: string | null; overdue: boolean } {
  if (withinMs === null) return { dueAt: null, overdue: false }
  const due = Date.parse(lastCopyAt ?? knownSince) + withinMs
  return { dueAt: new Date(due).toISOString(), overdue: now.getTime() > due }
}
