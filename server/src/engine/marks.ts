import type { PointKeeper, Vault } from '../drivers/driver.ts'
import type { EngineDeps } from './deps.ts'

/**
 * Writes the marks of a restore point beside its data, as the catalog has them now. Whoever changes a mark changes its
 * own column first and then calls this: of two at once, the later one writes what both have set.
 */
export async function writeMarks(
  deps: EngineDeps,
  keeper: PointKeeper,
  vault: Vault,
  pointId: string,
): Promise<void> {
  const point = await deps.store.points.get(pointId)
  if (point?.state !== 'present') return
  const { verifiedAt, verifiedLevel, verifiedOk } = point
  await keeper.mark(vault, point, { protected: point.protected, verifiedAt, verifiedLevel, verifiedOk })
}
