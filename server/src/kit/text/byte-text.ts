const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** `0 B`, `512 B`, `1.5 KiB`, `20 GiB`: binary units, one decimal below 10. */
export function byteText(bytes: number): string {
  let amount = Math.abs(bytes)
  let unit = 0
  // 1023.5 and more would be shown as 1024 of this unit: it belongs to the next one.
  while (amount >= 1023.5 && unit < UNITS.length - 1) {
    amount /= 1024
    unit += 1
  }
  const decimals = unit > 0 && amount < 9.95 ? 1 : 0
  const text = amount.toFixed(decimals).replace(/\.0$/, '')
  return `${bytes < 0 ? '-' : ''}${text} ${UNITS[unit]}`
}
