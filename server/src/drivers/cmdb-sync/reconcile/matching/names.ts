import { canonicalAddress } from '../../target/addresses.ts'

/** The form in which names are compared: any case of letters, without blanks at the ends and the dot of the root. */
export function comparedName(name: string): string {
  const bare = name.trim().replace(/\.$/, '')
  // Capitals first: that makes one of letters which have several small forms.
  return isAscii(bare)
    ? bare.toLowerCase()
    : bare.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
}

/** An address as compared, without the length of its network's prefix; null for what is none. */
export function comparedAddress(address: string): string | null {
  return canonicalAddress(address.split('/')[0] ?? '', null)
}

/** A host name with its domain: labels without blanks, of which the last is no number, as in an address or a version. */
const FULL_NAME = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.[\p{L}\p{N}_-]*\p{L}[\p{L}\p{N}_-]*$/u

/** Of a full host name as compared; null for what is none. */
export function firstLabel(name: string): string | null {
  return FULL_NAME.test(name) ? name.slice(0, name.indexOf('.')) : null
}

export interface ComparedNames {
  /** As the source writes them. */
  readonly all: readonly string[]
  readonly full: readonly string[]
  /** Without a dot: as written so, or the first label of a host name. */
  readonly short: readonly string[]
}

export function comparedNames(names: readonly string[]): ComparedNames {
  const all = [...new Set(names.map(comparedName))].filter((name) => name !== '')
  const full = all.filter((name) => name.includes('.'))
  const short = all.flatMap((name) => {
    if (!name.includes('.')) return [name]
    return firstLabel(name) ?? []
  })
  return { all, full, short: [...new Set(short)] }
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false
  return true
}
