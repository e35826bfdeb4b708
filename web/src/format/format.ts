/** How values are written for one reader: their language and their time zone. Everything through Intl. */
export interface Format {
  locale: string
  timeZone: string
  /** "21 Nov 2026, 04:00"; with seconds where two are to be told apart. */
  dateTime(at: string, options?: { seconds?: boolean }): string
  /** "Saturday, 21 November 2026 at 04:00:12 CET": for the tip over a relative time. */
  full(at: string): string
  date(at: string): string
  /** "04:00:12", with the milliseconds where lines of a log are told apart. */
  clock(at: string, options?: { milliseconds?: boolean }): string
  /** "3 hours ago", "in 2 days". */
  relative(at: string, now: number): string
  /** A text written elsewhere, with the instants in it as the reader's date and time. */
  inText(text: string): string
  /** "1.2 GiB" */
  bytes(bytes: number): string
  /** "12.3 MiB/s" */
  rate(bytesPerSecond: number): string
  number(value: number): string
  /** "1 h 3 min", its two largest units. */
  duration(milliseconds: number): string
  /** 0.42 as "42 %" */
  percent(share: number): string
}

const INSTANT =
  /\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z/g
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const
const RELATIVE_UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const
const DURATION_UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

export function createFormat(locale: string, timeZone: string): Format {
  const inZone = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const dateTime = inZone({ dateStyle: 'medium', timeStyle: 'short' })
  const dateTimeExact = inZone({ dateStyle: 'medium', timeStyle: 'medium' })
  const full = inZone({ dateStyle: 'full', timeStyle: 'long' })
  const date = inZone({ dateStyle: 'medium' })
  const clock = inZone({ hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false })
  const clockMs = inZone({
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hour12: false,
  })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const bytes = (value: number) => {
    const power = value < 1 ? 0 : Math.min(Math.floor(Math.log2(value) / 10), BYTE_UNITS.length - 1)
    const scaled = value / 1024 ** power
    const digits = power === 0 || scaled >= 100 ? 0 : 1
    return `${scaled.toLocaleString(locale, { maximumFractionDigits: digits })} ${BYTE_UNITS[power]}`
  }
  return {
    locale,
    timeZone,
    dateTime: (at, options) => (options?.seconds ? dateTimeExact : dateTime).format(new Date(at)),
    inText: (text) => text.replace(INSTANT, (at) => dateTime.format(new Date(at))),
    full: (at) => full.format(new Date(at)),
    date: (at) => date.format(new Date(at)),
    clock: (at, options) => (options?.milliseconds ? clockMs : clock).format(new Date(at)),
    relative: (at, now) => {
      const seconds = (new Date(at).getTime() - now) / 1000
      const unit = RELATIVE_UNITS.find(([, size]) => Math.abs(seconds) >= size)
      return unit ? relative.format(Math.trunc(seconds / unit[1]), unit[0]) : relative.format(0, 'second')
    },
    bytes,
    rate: (perSecond) => `${bytes(perSecond)}/s`,
    number: (value) => number.format(value),
    duration: (milliseconds) => durationText(locale, milliseconds),
    percent: (share) => percent.format(share),
  }
}

/** The two largest units that are not zero; below a second, milliseconds. */
function durationText(locale: string, milliseconds: number): string {
  const write = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
  if (milliseconds < 1000) return write(Math.round(milliseconds), 'millisecond')
  let rest = milliseconds
  const parts = DURATION_UNITS.flatMap(([unit, size]) => {
    const value = Math.floor(rest / size)
    rest -= value * size
    return [{ unit, value }]
  })
  const first = parts.findIndex(({ value }) => value > 0)
  return parts
    .slice(first, first + 2)
    .filter(({ value }, index) => index === 0 || value > 0)
    .map(({ unit, value }) => write(value, unit))
    .join(' ')
}
