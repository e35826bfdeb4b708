import type { RestorePoint } from '@holdfast/contract'

/** Which columns tell something about these points: what was protected, unless it is named as its job is, a disk, and a mark. */
export function columnsWorth(
  points: readonly Pick<RestorePoint, 'asset' | 'disk' | 'jobName' | 'protected'>[],
): {
  hasAsset: boolean
  hasDisk: boolean
  hasProtected: boolean
} {
  return {
    hasAsset: points.some(({ asset, jobName }) => asset.name !== jobName),
    hasDisk: points.some(({ disk }) => disk !== null),
    hasProtected: points.some((point) => point.protected),
  }
}
