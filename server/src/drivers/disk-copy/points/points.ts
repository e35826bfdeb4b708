import { join } from 'node:path'
import { HoldfastError, type RestorePoint } from '@holdfast/contract'
import { withDiskErrors } from '../../../clients/disks/disk-error.ts'
import { keeperOf } from '../../../point-directories/keeper.ts'
import { findPoint, openPoint } from '../../../point-directories/point-directory.ts'
import type { PointKeeper, RunContext, RunLog, Vault, VerifyResult } from '../../driver.ts'
import { asGeneration, type Generation, generationKind } from '../on-vault/generations.ts'
import { jobLock } from '../on-vault/lock.ts'
import { Prover } from '../proof/prover.ts'
import { say } from '../texts/texts.ts'
import { listEntries } from './entries.ts'

/** The generation that a restore point of the catalog names. Throws `restore-point-damaged` when it is not there. */
export async function openGeneration(
  vaultPath: string,
  point: RestorePoint,
  log: RunLog,
): Promise<Generation> {
  return asGeneration(await openPoint(generationKind, vaultPath, point, log))
}

/**
 * Whether a manifest on the vault names the listings that the catalog recorded. Whoever changes data, listings and manifest
 * together can make them agree with each other, but not with that.
 */
function isAsRecorded({ details }: Pick<Generation, 'details'>, point: RestorePoint): boolean {
  const { treeSha256, sumsSha256, attributes } = point.details
  return (
    details.treeSha256 === treeSha256 &&
    details.sumsSha256 === sumsSha256 &&
    details.attributes === (attributes ?? null)
  )
}

const OTHER_MANIFEST = 'the manifest is not the one that was recorded'

/** Like {@link openGeneration}, and throws the same when its manifest is not the one that the catalog recorded. */
export async function openRecorded(vaultPath: string, point: RestorePoint, log: RunLog): Promise<Generation> {
  const generation = await openGeneration(vaultPath, point, log)
  if (isAsRecorded(generation, point)) return generation
  throw new HoldfastError('restore-point-damaged', `${OTHER_MANIFEST}: its hashes are others`, {
    details: { restorePointId: point.id, location: point.location },
  })
}

async function verify(
  cx: RunContext,
  vault: Vault,
  point: RestorePoint,
  how: { level: 'sample' | 'full'; samplePercent: number },
): Promise<VerifyResult> {
  const generation = await findPoint(generationKind, vault.path, point, cx.log)
  if (!generation) {
    return {
      ok: false,
      checkedItems: 0,
      checkedBytes: 0,
      problems: ['the manifest is missing or not readable'],
    }
  }
  await using prover = new Prover(generation.directory, cx.signal)
  const result = await cx.step('compare-with-listings', () =>
    prover.compare(
      {
        directory: generation.directory,
        root: join(generation.directory, 'data'),
        treeSha256: generation.details.treeSha256,
        sumsSha256: generation.details.sumsSha256,
        share: how.level === 'full' ? 1 : how.samplePercent / 100,
        only: null,
        reportExtra: true,
        compareOwners: true,
        attributes: generation.details.attributes,
      },
      (done) =>
        cx.progress({
          doneItems: done.checkedItems,
          totalItems: generation.manifest.itemCount,
          doneBytes: done.checkedBytes,
        }),
    ),
  )
  const { checkedItems, checkedBytes } = result
  const problems = [...(isAsRecorded(generation, point) ? [] : [OTHER_MANIFEST]), ...result.problems]
  if (generation.details.sumsSha256 === null) warnUnhashed(cx, how.level)
  return { ok: problems.length === 0, checkedItems, checkedBytes, problems }
}

/** Then `checkedBytes` is 0: names, sizes, times and modes were compared, no content was read. */
function warnUnhashed(cx: RunContext, level: 'sample' | 'full'): void {
  cx.log.warn('no content was checked: the restore point keeps no hashes')
  if (level === 'full') cx.warn(say('verify.noHashes'))
}

export const diskCopyPoints: PointKeeper = {
  ...keeperOf(generationKind, jobLock),
  verify: (cx, vault, point, level) => withDiskErrors(() => verify(cx, vault, point, level)),
  entries: (vault, point, query) =>
    withDiskErrors(async () => listEntries(await openGeneration(vault.path, point, query.log), query)),
}
