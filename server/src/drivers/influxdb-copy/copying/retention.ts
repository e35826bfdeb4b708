import type { RetentionPolicy } from '../../../clients/influxdb/schema.ts'
import type { Window } from '../planning/windows.ts'

/** The destination refuses what is older than its retention policy keeps, and it looks at its own clock, later than we do. */
const SLACK_NS = 15n * 60n * 1_000_000_000n

/** The part of a window that both ends keep for a while; null when that is nothing. Empty `policies` keep everything. */
export function withinRetention(
  window: Window,
  policies: readonly RetentionPolicy[],
  now: Date,
): Window | null {
  const nowNs = BigInt(now.getTime()) * 1_000_000n
  const oldest = policies
    .map(({ durationNs }) => durationNs)
    .filter((durationNs) => durationNs !== null)
    .reduce<bigint | null>((shortest, one) => (shortest === null || one < shortest ? one : shortest), null)
  if (oldest === null) return window
  const from = nowNs - oldest + SLACK_NS
  if (from <= window.startNs) return window
  return from < window.endNs ? { ...window, startNs: from } : null
}
