import type { BytePath } from '../disks/byte-path.ts'

/**
 * Undoes rsync's way of printing names: in the C locale it writes every byte that is not printable ASCII as `\#ooo`
 * (octal), and a backslash as `\#134` where it would look like such an escape.
 */
export function parseName(printed: string): BytePath {
  return printed.replace(/\\#([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  )
}
