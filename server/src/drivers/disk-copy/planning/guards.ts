import type { PlanGuard } from '@holdfast/contract'
import type { RsyncOutcome } from '../../../clients/rsync/outcome.ts'
import type { DiskCopyConfig } from '../config.ts'
import { list, shortName } from '../left-out.ts'
import type { GenerationDetails } from '../on-vault/generations.ts'
import { say } from '../texts/texts.ts'
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
    return [{ code: 'source-empty', message: say('found.noFiles') }]
  }
  const nothingLeft = sourceIsEmpty || (counts.deletedFiles >= previousFiles && counts.newFiles === 0)
  if (nothingLeft) {
    return [{ code: 'source-empty', message: say('found.emptied', { count: previousFiles }) }]
  }
  if (previousFiles < limits.minFiles) return []
  const guards: PlanGuard[] = []
  const { deletedFiles: gone, changedFiles: changed } = counts
  const share = { deleted: gone / previousFiles, changed: changed / previousFiles }
  if (share.deleted * 100 > limits.deletedPercent) {
    const message = say('found.deleted', { gone, files: previousFiles, share: share.deleted })
    guards.push({ code: 'mass-deletion', message })
  }
  if (share.changed * 100 > limits.changedPercent) {
    const message = say('found.changed', { changed, files: previousFiles, share: share.changed })
    guards.push({ code: 'mass-change', message })
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
  return [
    {
      code: 'source-unreadable',
      message: say('found.unreadable', { count: folders.length, names: list(folders) }),
    },
  ]
}
