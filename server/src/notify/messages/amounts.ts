/// <reference lib="es2025.intl" />

import type { PhraseFormat } from '@holdfast/contract'
import type { Catalog, Plural } from './texts/catalog.ts'

const NO_BREAK_SPACE = '\u00a0'

export function formatNumber({ locale }: Catalog, value: number, maximumFractionDigits = 0): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value)
}

/**
 * The form that the language uses for `n`, with the number in it. Italian, French and Spanish have one more form, for
 * whole millions; the plural stands in for it.
 */
export function formatPlural(catalog: Catalog, forms: Plural, n: number): string {
  const rule = new Intl.PluralRules(catalog.locale).select(n)
  return forms[rule === 'one' ? 'one' : 'other'].replace('{n}', formatNumber(catalog, n))
}

/** Binary units, one decimal below 10: `1.5 GiB`, in French `1,5 Gio`. */
export function formatBytes(catalog: Catalog, bytes: number): string {
  let amount = bytes
  let unit = 0
  // 1023.5 and more would be shown as 1024 of this unit: it belongs to the next one.
  while (amount >= 1023.5 && unit < catalog.byteUnits.length - 1) {
    amount /= 1024
    unit += 1
  }
  const digits = unit > 0 && amount < 9.95 ? 1 : 0
  return `${formatNumber(catalog, amount, digits)}${NO_BREAK_SPACE}${catalog.byteUnits[unit]}`
}

const UNITS = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1],
] as const

/** The two largest units that matter: `2 hours, 5 minutes`; milliseconds below a second. */
export function formatDuration({ locale }: Catalog, durationMs: number): string {
  const format = new Intl.DurationFormat(locale, { style: 'long', millisecondsDisplay: 'auto' })
  if (durationMs > 0 && durationMs < 1000) return format.format({ milliseconds: Math.round(durationMs) })
  let rest = Math.round(durationMs / 1000)
  if (rest === 0) {
    return new Intl.DurationFormat(locale, { style: 'long', secondsDisplay: 'always' }).format({ seconds: 0 })
  }
  const first = UNITS.findIndex(([, seconds]) => rest >= seconds)
  const parts: Partial<Record<(typeof UNITS)[number][0], number>> = {}
  for (const [unit, seconds] of UNITS.slice(first, first + 2)) {
    parts[unit] = Math.floor(rest / seconds)
    rest %= seconds
  }
  return format.format(parts)
}

/** Day, time and the name of the zone: `20 Aug 2026, 02:30 CEST`. */
export function formatInstant({ locale }: Catalog, at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
    timeZoneName: 'short',
  }).format(new Date(at))
}

/** How phrases of runs write their values. */
export function phraseFormat(catalog: Catalog, timeZone: string): PhraseFormat {
  const { locale } = catalog
  return {
    locale,
    number: (value) => formatNumber(catalog, value),
    bytes: (bytes) => formatBytes(catalog, bytes),
    duration: (milliseconds) => formatDuration(catalog, milliseconds),
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent' }).format(share),
    dateTime: (at) => formatInstant(catalog, at, timeZone),
  }
}

/** Puts values in the place of their names in braces. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
