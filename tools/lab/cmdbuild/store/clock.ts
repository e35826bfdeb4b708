/** Time of the server: that of the machine, and moved on by hand where a test does not want to wait. Its zone is two hours east. */
export class LabClock {
  #ahead = 0
  #last = 0n

  /** ms since 1970. */
  get now(): number {
    return Date.now() + this.#ahead
  }

  pass(seconds: number): void {
    this.#ahead += seconds * 1000
  }

  /** Never the same twice, as the database gives it: microseconds in the zone of the server. */
  stamp(): string {
    const micros = BigInt(this.now) * 1000n
    this.#last = micros > this.#last ? micros : this.#last + 1n
    return isoOffset(Number(this.#last / 1000n), Number(this.#last % 1000n))
  }
}

const OFFSET_MS = 2 * 3600 * 1000

/** As Java's ISO_OFFSET_DATE_TIME prints it: no zeros at the end of the fraction, and no fraction that is zero. */
export function isoOffset(ms: number, micros = 0): string {
  const [date = '', fraction = ''] = new Date(ms + OFFSET_MS).toISOString().split(/[.Z]/)
  const digits = `${fraction}${String(micros).padStart(3, '0')}`.replace(/0+$/, '')
  return `${date}${digits === '' ? '' : `.${digits}`}+02:00`
}

/** An instant in ms; without an offset it is taken for one of the server's zone. Null where it is none. */
export function parseInstant(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?$/.exec(
    text.trim(),
  )
  if (!match) return null
  const [, date, time = '', zone = '+02:00'] = match
  const cut = time.replace(/(\.\d{3})\d+$/, '$1')
  const ms = Date.parse(`${date}T${cut}${zone}`)
  return Number.isNaN(ms) ? null : ms
}
