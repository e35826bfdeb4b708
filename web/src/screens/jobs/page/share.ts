import type { RunProgress } from '@holdfast/contract'

/** How much is done, from 0 to 1: by bytes, else by items; null while nobody knows the whole. */
export function shareOf(progress: RunProgress): number | null {
  const { doneBytes, totalBytes, doneItems, totalItems } = progress
  if (doneBytes !== undefined && totalBytes !== undefined && totalBytes > 0)
    return Math.min(1, doneBytes / totalBytes)
  if (doneItems !== undefined && totalItems !== undefined && totalItems > 0)
    return Math.min(1, doneItems / totalItems)
  return null
}
