import type { VaultStatus } from '@holdfast/contract'

const NEVER = Number.POSITIVE_INFINITY

/** Vaults by when they may fill, the soonest first; those of which nobody knows come after, the growing ones first. */
export function byFilling(vaults: readonly VaultStatus[]): VaultStatus[] {
  return vaults.toSorted(
    (a, b) => daysLeft(a) - daysLeft(b) || doubt(b) - doubt(a) || a.name.localeCompare(b.name),
  )
}

/** Days until it may be full, at the earliest; infinite when nothing says that it will be. */
export function daysLeft({ forecast }: VaultStatus): number {
  return forecast.kind === 'fills' ? forecast.earliestDays : NEVER
}

/** One that cannot be looked at, or grows into nobody knows what, is told before one that has room. */
function doubt({ freeBytes, forecast }: VaultStatus): number {
  return Number(freeBytes === null) + Number(forecast.kind === 'unknown')
}
