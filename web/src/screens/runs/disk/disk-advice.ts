import type { DiskStatus, Run } from '@holdfast/contract'

/**
 * What the page of a run says about its disk: it must stay, it may go, or nobody has given it back. Null where there is
 * nothing to say: without a disk, or when it is not plugged in any more.
 */
export type DiskAdvice = 'stay' | 'safe' | 'notReleased'

/** `now` is the state of the disk as last told; a run of yesterday knows nothing of what uses its disk today. */
export function diskAdvice(
  run: Pick<Run, 'disk' | 'status' | 'error'>,
  now: DiskStatus['state'] | undefined,
): DiskAdvice | null {
  if (run.disk === null) return null
  // While a run is held or waits for its next attempt its disk is unmounted: only what uses it now counts.
  if (run.status === 'held' || run.status === 'queued') return now === 'busy' ? 'stay' : null
  if (run.status !== 'finished') return run.disk.safeToRemove ? null : 'stay'
  if (now === 'absent') return null
  if (now === 'busy') return 'stay'
  if (now === 'safe' || run.disk.safeToRemove) return 'safe'
  return run.error?.code === 'disk-removed' ? null : 'notReleased'
}
