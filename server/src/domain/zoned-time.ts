/// <reference lib="esnext.temporal" />

/** Which of the two instants is meant when the clock shows a time twice (the end of daylight saving time). */
export type Occurrence = 'first' | 'last'

/** The calendar day, clock time and offset that people in `timeZone` read at an instant. */
export function zonedTime(at: Date | string | number, timeZone: string): Temporal.ZonedDateTime {
  const ms = typeof at === 'number' ? at : new Date(at).getTime()
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
}

/**
 * The instant (epoch ms) at which the clock in `timeZone` shows `minute` minutes after midnight of `day`;
 * 1440 and more reach into the days after. A time the clock skips (daylight saving begins) is the end of the gap:
 * the first instant at which the clock is past it. A time it shows twice is the one that `occurrence` names.
 */
export function instantOfWallTime(
  day: Temporal.PlainDate,
  minute: number,
  timeZone: string,
  occurrence: Occurrence,
): number {
  const wall = day.add({ days: Math.floor(minute / 1440) }).toPlainDateTime({
    hour: Math.floor((minute % 1440) / 60),
    minute: minute % 60,
  })
  const first = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  if (!first.toPlainDateTime().equals(wall)) {
    // Around a gap, "earlier" lies before the jump, so the next transition is the jump itself.
    return (first.getTimeZoneTransition('next') ?? first).epochMilliseconds
  }
  if (occurrence === 'first') return first.epochMilliseconds
  return wall.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds
}

/** First instant (epoch ms) of a calendar day `YYYY-MM-DD`, also where the clock skips midnight. */
export function startOfDay(day: Temporal.PlainDate, timeZone: string): number {
  return instantOfWallTime(day, 0, timeZone, 'first')
}
