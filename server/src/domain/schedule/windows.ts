import { HoldfastError, type WindowSpec } from '@holdfast/contract'
import { instantOfWallTime, zonedTime } from '../zoned-time.ts'

export type WindowState =
  | {
      open: true
      /** When no window is open any more; null when there is no such moment within two weeks. */
      closesAt: Date | null
      /** What happens to a run that is still going at `closesAt`. */
      atEnd: 'finish' | 'stop'
    }
  | { open: false; opensAt: Date }

type AtEnd = WindowSpec['atEnd']

interface Opening {
  startMs: number
  endMs: number
  atEnd: AtEnd
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Two weeks: a weekly window has opened by then even if daylight saving swallowed it once. */
const LOOK_AHEAD_DAYS = 15
/** A window begun yesterday may end today; none lasts longer than to the end of the day after its own. */
const LOOK_BACK_DAYS = 1

/**
 * Whether runs may start now. Without windows they always may. The windows of a day are named by the day they start on;
 * one whose end is not after its start reaches into the next day, and one that ends when it starts lasts a whole day.
 * Windows that touch or overlap are one, whatever their zones; of those that end together the strictest `atEnd` counts.
 *
 * Daylight saving: a window starts at the first and ends at the last showing of a time shown twice; a time that the
 * clock skips is the end of the gap; a window that lies in the gap altogether opens at its end for its usual length,
 * since a nightly job would otherwise lose its night.
 */
export function windowAt(windows: readonly WindowSpec[], now: Date): WindowState {
  if (windows.length === 0) return { open: true, closesAt: null, atEnd: 'finish' }
  const nowMs = now.getTime()
  const openings = merge(windows.flatMap((window) => openingsOf(window, nowMs)))
  const next = openings.find((opening) => opening.endMs > nowMs)
  if (!next) throw new HoldfastError('invariant-broken', 'a window has no opening within two weeks')
  if (next.startMs > nowMs) return { open: false, opensAt: new Date(next.startMs) }
  const horizonMs = nowMs + (LOOK_AHEAD_DAYS - 1) * 86_400_000
  if (next.endMs >= horizonMs) return { open: true, closesAt: null, atEnd: 'finish' }
  return { open: true, closesAt: new Date(next.endMs), atEnd: next.atEnd }
}

/** The openings of one window in the days around now. */
function openingsOf(window: WindowSpec, nowMs: number): Opening[] {
  const today = zonedTime(nowMs, window.timeZone).toPlainDate()
  const from = minuteOfDay(window.from)
  const to = minuteOfDay(window.to)
  const until = to > from ? to : to + 1440
  const openings: Opening[] = []
  for (let days = -LOOK_BACK_DAYS; days <= LOOK_AHEAD_DAYS; days++) {
    const day = today.add({ days })
    if (!window.days.includes(WEEKDAYS[day.dayOfWeek - 1] ?? 'mon')) continue
    const startMs = instantOfWallTime(day, from, window.timeZone, 'first')
    const usualEndMs = instantOfWallTime(day, until, window.timeZone, 'last')
    const endMs = usualEndMs > startMs ? usualEndMs : startMs + (until - from) * 60_000
    openings.push({ startMs, endMs, atEnd: window.atEnd })
  }
  return openings
}

/** Openings in order of time, with those that touch or overlap made one. */
function merge(openings: Opening[]): Opening[] {
  const merged: Opening[] = []
  for (const opening of openings.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1)
    if (!last || opening.startMs > last.endMs) merged.push({ ...opening })
    else if (opening.endMs > last.endMs) Object.assign(last, { endMs: opening.endMs, atEnd: opening.atEnd })
    else if (opening.endMs === last.endMs) last.atEnd = stricter(last.atEnd, opening.atEnd)
  }
  return merged
}

function stricter(a: AtEnd, b: AtEnd): AtEnd {
  return a === 'stop' || b === 'stop' ? 'stop' : 'finish'
}

function minuteOfDay(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}
