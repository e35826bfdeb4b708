import type { RestorePoint } from '@holdfast/contract'

/** Which columns tell something about these points: what was protected, unless it is named as its job is, and a mark. */
export function columnsWorth(points: readonly Pick<RestorePoint, 'asset' | 'jobName' | 'protected'>[]): {
  hasAsset: boolean
  hasProtected: boolean
} {
  return {
    hasAsset: points.some(({ asset, jobName }) => asset.name !== jobName),
    hasProtected: points.some((point) => point.protected),
  }
}
