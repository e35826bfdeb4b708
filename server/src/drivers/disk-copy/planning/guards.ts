import type { PlanGuard } from '@holdfast/contract'
import type { RsyncOutcome } from '../../../clients/rsync/outcome.ts'
import type { DiskCopyConfig } from '../config.ts'
import { list, shortName } from '../left-out.ts'
import type { GenerationDetails } from '../on-vault/generations.ts'
import { say } from '../texts/texts.ts'
import type { Deltas } from './deltas.ts'
import type { TallyCounts } from './tally.ts'

/** What a dry run against the last restore point found. */
export interface Found {
  readonly counts: TallyCounts
  readonly deltas: Pick<Deltas, 'told' | 'commonestNew'>
  /** Null when there is no restore point yet. */
  readonly previousFiles: number | null
  readonly sourceIsEmpty: boolean
  /** Whether the last restore point has a file with this extension. Reads its listing. */
  readonly hadExtension: (extension: string) => Promise<boolean>
}

/**
 * Changes on a scale that a person should see before they become the newest restore point: an unmounted source, a
 * folder moved away, files encrypted by an attacker.
 */
export async function findGuards(found: Found, limits: DiskCopyConfig['guards']): Promise<PlanGuard[]> {
  const { counts, deltas, previousFiles, sourceIsEmpty } = found
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
    const where = say('found.where', deltas.told('deleted'))
    const message = say('found.deleted', { gone, files: previousFiles, share: share.deleted })
    guards.push({ code: 'mass-deletion', message: [message, where] })
  }
  if (share.changed * 100 > limits.changedPercent) {
    const where = say('found.where', deltas.told('changed'))
    const message = say('found.changed', { changed, files: previousFiles, share: share.changed })
    guards.push({ code: 'mass-change', message: [message, where] })
  }
  return [...guards, ...(await findNewExtension(found, previousFiles, limits))]
}

/**
 * Files that were replaced by others which all bear an extension that nothing bore before: what an attacker who encrypts
 * leaves behind. New files alone are no sign: as many must be gone, or nearly.
 */
async function findNewExtension(
  { counts, deltas, hadExtension }: Found,
  previousFiles: number,
  limits: DiskCopyConfig['guards'],
): Promise<PlanGuard[]> {
  const commonest = deltas.commonestNew()
  if (commonest === null || (commonest.count / previousFiles) * 100 <= limits.newExtensionPercent) return []
  if (counts.deletedFiles < commonest.count / 2 || (await hadExtension(commonest.name))) return []
  const { folders } = deltas.told('new')
  const values = { files: commonest.count, gone: counts.deletedFiles, extension: shortName(commonest.name) }
  return [{ code: 'new-extension', message: say('found.newExtension', { ...values, folders }) }]
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
