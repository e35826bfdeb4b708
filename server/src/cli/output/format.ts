import { byteText, durationText } from '@holdfast/contract'

/** Every number and instant that the command line shows to people goes through this file. */

const NOTHING = '–'

/** Binary units, or a dash for an unknown amount. */
export function formatBytes(bytes: number | null | undefined): string {
  return bytes === null || bytes === undefined ? NOTHING : byteText(bytes)
}

export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(Math.max(0, bytesPerSecond))}/s`
}

/** `0.4s`, `42s`, `4m 12s`, `2h 5m`, `3d 4h`: the two largest units that matter. */
export function formatDuration(durationMs: number): string {
  return durationText(durationMs)
}

/** How long something took or has taken so far; a dash when it has not begun. */
export function formatElapsed(startedAt: string | null, finishedAt: string | null, now: Date): string {
  if (startedAt === null) return NOTHING
  const end = finishedAt === null ? now.getTime() : Date.parse(finishedAt)
  return formatDuration(end - Date.parse(startedAt))
}

/** `just now`, `5 min ago`, `in 3 h`, `2 days ago`; a dash for null. Months and years are counted in days. */
export function formatRelative(at: string | null, now: Date): string {
  if (at === null) return NOTHING
  const difference = Date.parse(at) - now.getTime()
  const seconds = Math.round(Math.abs(difference) / 1000)
  if (seconds < 10) return 'just now'
  const amount = relativeAmount(seconds)
  return difference > 0 ? `in ${amount}` : `${amount} ago`
}

function relativeAmount(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3570) return `${Math.round(seconds / 60)} min`
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}

/** `2026-08-20 02:30:11 UTC` in the zone named, or in that of the machine. */
export function formatInstant(at: string, zone: string | undefined): string {
  const options = { dateStyle: 'short', timeStyle: 'medium' } as const
  const date = new Date(at)
  const format = (timeZone?: string): string => {
    const named = timeZone === undefined ? {} : { timeZone }
    const text = new Intl.DateTimeFormat('sv-SE', { ...options, ...named }).format(date)
    const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short', ...named }).formatToParts(date)
    return `${text} ${parts.find((part) => part.type === 'timeZoneName')?.value ?? ''}`.trimEnd()
  }
  try {
    return format(zone || undefined)
  } catch {
    // TZ can hold forms that Intl does not know, such as `:/etc/localtime`.
    return format()
  }
}

/** `62 %`, never 100 before everything is done; null while the total is unknown. */
export function formatPercent(done: number | undefined, total: number | undefined): string | null {
  if (done === undefined || total === undefined || total <= 0) return null
  return `${Math.min(100, Math.floor((done / total) * 100))} %`
}

/** `1 run`, `2 runs`, `1 entry`, `3 entries`. */
export function formatCount(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`
  return `${count} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`
}

/** `leftOut` as people write it: `left out`. */
export function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
