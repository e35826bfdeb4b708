const MINUTE_MS = 60_000

/** A length of time in one unit, rounded down, for sentences: "under a minute", "45 min", "26 h", "12 days". */
export function ageText(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS)
  if (minutes < 1) return 'under a minute'
  if (minutes < 120) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 72) return `${hours} h`
  return `${Math.floor(hours / 24)} days`
}
