import type { RestorePoint } from '@holdfast/contract'
import type { VERIFIED } from '../../status/status-map.ts'

/** How far a restore point was checked, and whether it was found good. A check that failed wins over its level. */
export function verifiedState(
  point: Pick<RestorePoint, 'verifiedAt' | 'verifiedLevel' | 'verifiedOk'>,
): keyof typeof VERIFIED {
  if (point.verifiedAt === null) return 'never'
  if (point.verifiedOk !== true) return 'failed'
  return point.verifiedLevel ?? 'sample'
}
