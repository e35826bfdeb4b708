import { z } from 'zod'

const DURATION_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** A length of time as people write it: `90s`, `15m`, `26h`, `30d`, `2w`. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,6}[smhdw]$/, 'a duration is a whole number and a unit: 90s, 15m, 26h, 30d or 2w')
  .meta({
    'x-widget': 'duration',
    description: 'A length of time: a whole number and one of s, m, h, d, w',
    examples: ['26h', '30d'],
  })

/** Milliseconds of a {@link duration} that has already been validated. */
export function durationMs(text: string): number {
  const unit = text.at(-1) as keyof typeof DURATION_MS
  return Number(text.slice(0, -1)) * DURATION_MS[unit]
}

const SIZE_BYTES = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 } as const

/** An amount of bytes as people write it: `500MiB`, `20GiB`. */
export const byteSize = z
  .string()
  .regex(/^\d{1,6}(B|KiB|MiB|GiB|TiB)$/, 'a size is a whole number and a unit: 500MiB, 20GiB or 2TiB')
  .meta({
    'x-widget': 'byte-size',
    description: 'An amount of bytes: a whole number and one of B, KiB, MiB, GiB, TiB',
    examples: ['20GiB'],
  })

/** Bytes of a {@link byteSize} that has already been validated. */
export function byteSizeOf(text: string): number {
  const match = /^(\d+)(.+)$/.exec(text)
  const unit = match?.[2] as keyof typeof SIZE_BYTES
  return Number(match?.[1]) * SIZE_BYTES[unit]
}

/** An instant, always UTC, always with a Z; of the years that every part of Holdfast, the database included, can hold. */
export const instant = z.iso
  .datetime()
  .refine((text) => text >= '1970', 'an instant lies in the years 1970 to 9999')

/** How many of something there are. */
export const count = z.number().int().min(0)
