import type { PhraseFormat } from './template.ts'

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** `0 B`, `512 B`, `1.5 KiB`, `20 GiB`: binary units, one decimal below 10. */
export function byteText(bytes: number): string {
  let amount = Math.abs(bytes)
  let unit = 0
  // 1023.5 and more would be shown as 1024 of this unit: it belongs to the next one.
  while (amount >= 1023.5 && unit < BYTE_UNITS.length - 1) {
    amount /= 1024
    unit += 1
  }
  const decimals = unit > 0 && amount < 9.95 ? 1 : 0
  const text = amount.toFixed(decimals).replace(/\.0$/, '')
  return `${bytes < 0 ? '-' : ''}${text} ${BYTE_UNITS[unit]}`
}

const DURATION_UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const

/** `0.4s`, `42s`, `4m 12s`, `2h 5m`, `3d 4h`: the two largest units that matter. */
export function durationText(milliseconds: number): string {
  const total = Math.max(0, milliseconds) / 1000
  if (total < 0.95) return `${total.toFixed(1)}s`
  let rest = Math.round(total)
  const first = DURATION_UNITS.findIndex(([, seconds]) => rest >= seconds)
  return DURATION_UNITS.slice(first, first + 2)
    .flatMap(([unit, seconds]) => {
      const count = Math.floor(rest / seconds)
      rest -= count * seconds
      return count > 0 ? [`${count}${unit}`] : []
    })
    .join(' ')
}

/** For logs and the command line: plain digits, and instants as they travel, since nobody knows the reader's zone. */
export const ENGLISH: PhraseFormat = {
  locale: 'en',
  number: (value) => String(value),
  bytes: byteText,
  duration: durationText,
  percent: (share) => `${Math.round(share * 100)} %`,
  dateTime: (at) => at,
}
