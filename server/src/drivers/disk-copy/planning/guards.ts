import type { PlanGuard } from '@holdfast/contract'
import type { DiskCopyConfig } from '../config.ts'
import type { TallyCounts } from './tally.ts'

/**
 * Changes on a scale that a person should see before they become the newest restore point: an unmounted source, a
 * folder moved away, files encrypted by an attacker. `previousFiles` is null when there is no restore point yet.
 */
export function findGuards(
  counts: TallyCounts,
  previousFiles: number | null,
  sourceIsEmpty: boolean,
  limits: DiskCopyConfig['guards'],
): PlanGuard[] {
  if (previousFiles === null || previousFiles === 0) return []
  const nothingLeft = sourceIsEmpty || (counts.deletedFiles >= previousFiles && counts.newFiles === 0)
  if (nothingLeft) {
    const message = `The source is empty; the last restore point has ${previousFiles} files.`
    return [{ code: 'source-empty', message }]
  }
  if (previousFiles < limits.minFiles) return []
  const guards: PlanGuard[] = []
  const deletedPercent = (counts.deletedFiles / previousFiles) * 100
  const changedPercent = (counts.changedFiles / previousFiles) * 100
  if (deletedPercent > limits.deletedPercent) {
    guards.push({ code: 'mass-deletion', message: sentence(counts.deletedFiles, previousFiles, 'are gone') })
  }
  if (changedPercent > limits.changedPercent) {
    guards.push({
      code: 'mass-change',
      message: sentence(counts.changedFiles, previousFiles, 'have changed'),
    })
  }
  return guards
}

function sentence(count: number, of: number, what: string): string {
  return `${count} of ${of} files of the last restore point (${Math.round((count / of) * 100)} %) ${what}.`
}
