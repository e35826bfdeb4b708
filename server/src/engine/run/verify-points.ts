import { asHoldfastError, HoldfastError, type RestorePoint, type VerifyLevel } from '@holdfast/contract'
import type { NewPoint, PointKeeper, RunContext, Vault, VerifyResult } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import { writeMarks } from '../marks.ts'
import type { OpenedVault } from '../vault-port.ts'

/**
 * Checks one restore point and writes the result into the catalog, for others that are damaged by the same as well; the marks
 * beside the data are for the caller to write.
 */
export async function verifyPoint(
  deps: EngineDeps,
  cx: RunContext,
  keeper: PointKeeper,
  vault: Vault,
  point: RestorePoint,
  level: { level: VerifyLevel; samplePercent: number },
): Promise<VerifyResult> {
  const result = await keeper.verify(cx, vault, point, level)
  // Where no content was read (a point without hashes), the check was none of contents, whatever was asked for.
  const readNothing = result.checkedBytes === 0 && point.sizeBytes > 0
  const verifiedLevel = readNothing ? 'sample' : level.level
  const verified = { verifiedAt: deps.now().toISOString(), verifiedLevel, verifiedOk: result.ok }
  if (result.ok && verifiedLevel === 'sample' && saysMore(point)) {
    cx.log.info('the result of the full check before stays in force', { restorePointId: point.id })
  } else {
    await deps.store.points.setVerified(point.id, verified)
  }
  const facts = {
    restorePointId: point.id,
    checkedItems: result.checkedItems,
    checkedBytes: result.checkedBytes,
  }
  if (result.ok) cx.log.info('restore point is what its manifest says', { ...facts, level: level.level })
  else cx.log.error('restore point is damaged', { ...facts, problems: [...result.problems] })
  await markAlso(deps, cx, result, verified.verifiedAt)
  return result
}

/** Restore points that are damaged by the same: when this one is removed, nothing else would tell of them. */
async function markAlso(
  { store }: EngineDeps,
  cx: RunContext,
  { alsoDamaged = [] }: VerifyResult,
  verifiedAt: string,
): Promise<void> {
  for (const id of alsoDamaged) {
    const point = await store.points.get(id)
    if (point?.state !== 'present' || point.verifiedOk === false) continue
    await store.points.setVerified(id, { verifiedAt, verifiedLevel: 'sample', verifiedOk: false })
    cx.log.error('restore point is damaged too: it shares files with the other one', { restorePointId: id })
  }
}

/** A good sample says less than what a check before it found: damage elsewhere, or a good full check. */
function saysMore(point: RestorePoint): boolean {
  return point.verifiedOk === false || (point.verifiedOk === true && point.verifiedLevel === 'full')
}

export function damaged(point: RestorePoint, result: VerifyResult): HoldfastError {
  const first = result.problems[0] ?? 'unknown problem'
  const more = result.problems.length > 1 ? ` and ${result.problems.length - 1} more` : ''
  return new HoldfastError(
    'restore-point-damaged',
    `restore point ${point.id} of ${point.takenAt}: ${first}${more}`,
    { details: { restorePointId: point.id, problems: [...result.problems] } },
  )
}

/** What the disk did with the data after the restore point was made: then nothing of it can be relied on. */
const LOST = ['write-failed', 'disk-failing', 'vault-full', 'disk-mount-failed', 'disk-read-only']

/**
 * Checks what a run has just made, read from the disk and not from memory, then writes the marks beside the data. Throws
 * `restore-point-damaged`, and whatever the disk does wrong meanwhile: a point that it lost is marked as damaged.
 */
export async function proveNew(
  deps: EngineDeps,
  cx: RunContext,
  keeper: PointKeeper,
  opened: OpenedVault,
  made: readonly NewPoint[],
): Promise<void> {
  try {
    await opened.settle('read-only')
    const damage = await checkNew(deps, cx, keeper, opened.vault, made)
    await opened.settle('read-write')
    for (const { manifest } of made) await writeMarks(deps, keeper, opened.vault, manifest.id)
    if (damage) throw damage
  } catch (thrown) {
    if (LOST.includes(asHoldfastError(thrown).code)) await markLost(deps, made)
    throw thrown
  }
}

async function checkNew(
  deps: EngineDeps,
  cx: RunContext,
  keeper: PointKeeper,
  vault: Vault,
  made: readonly NewPoint[],
): Promise<HoldfastError | null> {
  const rules = cx.job.policy?.verification ?? { afterRun: 'sample' as const, samplePercent: 5 }
  const { afterRun, samplePercent } = rules
  if (afterRun === 'none') return null
  return await cx.step('verify', async () => {
    let damage: HoldfastError | null = null
    for (const { manifest } of made) {
      const point = await deps.store.points.get(manifest.id)
      if (!point)
        throw new HoldfastError('invariant-broken', `restore point ${manifest.id} is not in the catalog`)
      const result = await verifyPoint(deps, cx, keeper, vault, point, { level: afterRun, samplePercent })
      if (!result.ok) damage ??= damaged(point, result)
    }
    return damage
  })
}

async function markLost(deps: EngineDeps, made: readonly NewPoint[]): Promise<void> {
  const lost = { verifiedAt: deps.now().toISOString(), verifiedLevel: 'sample', verifiedOk: false } as const
  for (const { manifest } of made) await deps.store.points.setVerified(manifest.id, lost)
}
