/** "2026-11-21T04:00", as a field of type datetime-local takes it, for an instant in a time zone. */
export function toFieldTime(instant: string, timeZone: string): string {
  const at = Date.parse(instant)
  if (Number.isNaN(at)) return ''
  return new Date(at + offsetMs(at, timeZone)).toISOString().slice(0, 16)
}

/**
 * The instant that such a field means in a time zone; undefined for what is no time. An hour that the clock skips is
 * read as if the clock had not been changed.
 */
export function fromFieldTime(text: string, timeZone: string): string | undefined {
  const wall = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? Date.parse(`${text}:00Z`) : Number.NaN
  if (Number.isNaN(wall)) return undefined
  const first = wall - offsetMs(wall, timeZone)
  return new Date(wall - offsetMs(first, timeZone)).toISOString()
}

/** How far the wall clock of a zone is ahead of UTC at an instant. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value)
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - Math.floor(at / 1000) * 1000
}
