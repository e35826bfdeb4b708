import { isIP } from 'node:net'

const WHOLE_PREFIX: Readonly<Record<number, string>> = { 4: '32', 6: '128' }

/**
 * An address as PostgreSQL prints it: version 6 short and in small letters, without a prefix that names one machine.
 * Null for what is none, an address with a zone included, and for one of another version than `only`.
 */
export function canonicalAddress(written: string, only: 'ipv4' | 'ipv6' | null = null): string | null {
  const [address = '', prefix, ...more] = written.trim().split('/')
  const version = isIP(address)
  if (only !== null && only !== `ipv${version}`) return null
  if (version === 0 || address.includes('%') || more.length > 0) return null
  const canonical = version === 4 ? address : shortened(address)
  if (prefix === undefined || prefix === WHOLE_PREFIX[version]) return canonical
  const isPrefix = /^\d{1,3}$/.test(prefix) && Number(prefix) <= Number(WHOLE_PREFIX[version])
  return isPrefix ? `${canonical}/${Number(prefix)}` : null
}

function shortened(address: string): string {
  const short = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short)
  if (mapped === null) return short
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)]
  return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}
