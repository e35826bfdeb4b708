const UNITS_NS: Readonly<Record<string, bigint>> = {
  w: 604_800_000_000_000n,
  d: 86_400_000_000_000n,
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  u: 1000n,
  µ: 1000n,
  µs: 1000n,
  us: 1000n,
  ns: 1n,
}

/** Of those that statements know, without weeks: nobody says 52w for a year of backups. */
const WRITTEN = ['d', 'h', 'm', 's', 'ms', 'u', 'ns']

/** Reads a duration as InfluxDB shows it, such as `168h0m0s`; null for one that it is not. */
export function durationNs(text: string): bigint | null {
  if (!/^(\d+(\.\d+)?[a-zµ]+)+$/.test(text)) return null
  let total = 0n
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(/(\d+)(?:\.(\d+))?([a-zµ]+)/g)) {
    const unitNs = UNITS_NS[unit]
    if (unitNs === undefined) return null
    total += BigInt(whole) * unitNs + (BigInt(fraction || '0') * unitNs) / 10n ** BigInt(fraction.length)
  }
  return total
}

/** A duration as statements have it, in the largest unit that fits: `7d`, `36h`. */
export function durationText(ns: bigint): string {
  const unit = WRITTEN.find((name) => ns % (UNITS_NS[name] ?? 1n) === 0n) ?? 'ns'
  return `${ns / (UNITS_NS[unit] ?? 1n)}${unit}`
}
