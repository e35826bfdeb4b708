import { z } from 'zod'

const answer = z.object({
  serverTime: z.string().catch(''),
  ianaTimeZoneId: z.string().nullable().catch(null),
})

const OFFSET = /(Z|[+-]\d{2}:?\d{2})$/i

/** Reads instants as the server writes them: most with an offset, some without, which then are in its own zone. */
export class ServerClock {
  /** Name of a zone or an offset. */
  readonly #zone: string

  constructor(zone: string) {
    this.#zone = zone
  }

  /** From what the server answers about its time; older ones tell their offset of today alone. */
  static of(serverTime: unknown): ServerClock {
    const { data } = answer.safeParse(serverTime)
    const offset = OFFSET.exec(data?.serverTime ?? '')?.[1] ?? 'UTC'
    const zone = data?.ianaTimeZoneId ?? ''
    return new ServerClock(isZone(zone) ? zone : /^z$/i.test(offset) ? 'UTC' : offset)
  }

  /** ISO 8601 with Z to the millisecond; null for what is no instant. */
  instant(text: string): string | null {
    try {
      return new Date(this.#millisecondsOf(text.trim())).toISOString()
    } catch {
      return null
    }
  }

  #millisecondsOf(text: string): number {
    if (OFFSET.test(text)) return Temporal.Instant.from(text).epochMilliseconds
    return Temporal.PlainDateTime.from(text).toZonedDateTime(this.#zone).epochMilliseconds
  }
}

function isZone(zone: string): boolean {
  try {
    return zone !== '' && Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone) !== undefined
  } catch {
    return false
  }
}
