import type { PlanGuard } from '@holdfast/contract'
import type { RsyncOutcome } from '../../../clients/rsync/outcome.ts'
import type { DiskCopyConfig } from '../config.ts'
import { sentenceOfFolders, shortName } from '../left-out.ts'
import type { GenerationDetails } from '../on-vault/generations.ts'
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
  if (previousFiles === 0) return []
  if (previousFiles === null) {
    if (!sourceIsEmpty && counts.newFiles > 0) return []
    const message = 'The source holds no files: is it the folder meant, and is its disk mounted?'
    return [{ code: 'source-empty', message }]
  }
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

/**
 * A folder that could not be read and was not missing from the last restore point already: whoever has approved one
 * copy without it is not asked again.
 */
export function findUnreadable(
  outcome: Pick<RsyncOutcome, 'leftOutFolders' | 'leftOutFolderCount'>,
  previous: Pick<GenerationDetails, 'leftOutFolders' | 'leftOutFolderCount'> | null,
): PlanGuard[] {
  const known = new Set(previous?.leftOutFolders)
  const folders = outcome.leftOutFolders.map(shortName).filter((name) => !known.has(name))
  const isMore = outcome.leftOutFolderCount > (previous?.leftOutFolderCount ?? 0)
  // Of more than a hundred not all names are kept: then the count tells.
  const isTruncated = (previous?.leftOutFolderCount ?? 0) > known.size
  if (folders.length === 0 || (isTruncated && !isMore)) return []
  return [{ code: 'source-unreadable', message: sentenceOfFolders(folders, folders.length) }]
}

function sentence(count: number, of: number, what: string): string {
  return `${count} of ${of} files of the last restore point (${Math.round((count / of) * 100)} %) ${what}.`
}
