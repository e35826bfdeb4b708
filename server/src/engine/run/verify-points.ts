import { HoldfastError, type RestorePoint, type VerifyLevel } from '@holdfast/contract'
import type { PointKeeper, RunContext, Vault, VerifyResult } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import { writeMarks } from '../marks.ts'

/** Checks one restore point and writes the result into the catalog and beside the data. */
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
    await writeMarks(deps, keeper, vault, point.id)
  }
  const facts = {
    restorePointId: point.id,
    checkedItems: result.checkedItems,
    checkedBytes: result.checkedBytes,
  }
  if (result.ok) cx.log.info('restore point is what its manifest says', { ...facts, level: level.level })
  else cx.log.error('restore point is damaged', { ...facts, problems: [...result.problems] })
  return result
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
