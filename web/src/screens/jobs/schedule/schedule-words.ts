/** A schedule as people say it. Times of day are those of the schedule's own zone. */
export type ScheduleWords =
  /** Every so many minutes. */
  | { word: 'minutes'; step: number }
  /** Every so many hours, at a minute of the hour. */
  | { word: 'hours'; step: number; minute: number }
  | { word: 'daily'; times: TimeOfDay[] }
  /** Days of the week, 0 (Sunday) to 6, from Monday on. */
  | { word: 'weekly'; days: number[]; times: TimeOfDay[] }
  /** Days of the month. */
  | { word: 'monthly'; days: number[]; times: TimeOfDay[] }

export interface TimeOfDay {
  hour: number
  minute: number
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MOST_TIMES = 3

/** Null for an expression that no short sentence tells: it is then shown as it is. */
export function scheduleWords(cron: string): ScheduleWords | null {
  const [minute, hour, day, month, weekday, ...more] = cron.trim().split(/\s+/)
  if (minute === undefined || hour === undefined || day === undefined || weekday === undefined) return null
  if (more.length > 0 || month !== '*') return null
  const isEveryDay = day === '*' && weekday === '*'
  const minutes = numbers(minute, 0, 59)
  const minuteStep = stepOf(minute, 60)
  if (minuteStep !== null && hour === '*' && isEveryDay) return { word: 'minutes', step: minuteStep }
  const at = minutes?.[0]
  if (!minutes || at === undefined) return null
  const hourStep = stepOf(hour, 24)
  if (hourStep !== null && minutes.length === 1 && isEveryDay)
    return { word: 'hours', step: hourStep, minute: at }
  const times = numbers(hour, 0, 23)?.flatMap((one) => minutes.map((other) => ({ hour: one, minute: other })))
  if (!times || times.length > MOST_TIMES) return null
  if (isEveryDay) return { word: 'daily', times }
  if (day === '*') return weekly(weekday, times)
  const days = numbers(day, 1, 31)
  return weekday === '*' && days && days.length <= MOST_TIMES ? { word: 'monthly', days, times } : null
}

function weekly(weekday: string, times: TimeOfDay[]): ScheduleWords | null {
  const named = weekday.toLowerCase().replace(/[a-z]+/g, (name) => String(DAYS.indexOf(name.slice(0, 3))))
  // Sunday is 0 and 7 alike.
  const days = numbers(named, 0, 7)?.map((one) => one % 7)
  if (!days) return null
  const fromMonday = [...new Set(days)].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7))
  return fromMonday.length === 7 ? { word: 'daily', times } : { word: 'weekly', days: fromMonday, times }
}

/** A star is 1, a star with a step is that step; null for anything else, and for steps that begin anew before the range ends. */
function stepOf(part: string, size: number): number | null {
  const step = part === '*' ? 1 : Number(/^\*\/(\d+)$/.exec(part)?.[1])
  return Number.isInteger(step) && step > 0 && size % step === 0 ? step : null
}

/** `1,3` or `1-5`; null for stars, steps and what is out of range. */
function numbers(part: string, min: number, max: number): number[] | null {
  const found: number[] = []
  for (const piece of part.split(',')) {
    const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(piece)
    if (!match) return null
    const first = Number(match[1])
    const last = match[2] === undefined ? first : Number(match[2])
    if (first < min || last > max || last < first) return null
    for (let value = first; value <= last; value++) found.push(value)
  }
  return [...new Set(found)].sort((a, b) => a - b)
}
