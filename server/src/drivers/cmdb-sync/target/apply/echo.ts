import type { Values } from '../../../../clients/cmdbuild/cards.ts'
import { canonicalAddress } from '../addresses.ts'
import { instantOf } from '../values.ts'

/**
 * Attributes whose values are other in the stored card than they were sent: CMDBuild leaves out what it knows not, what
 * is not active and what the user may not write, and says nothing.
 */
export function notTakenOf(sent: Values, stored: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(sent)
    .filter(([name, value]) => canonical(value) !== canonical(stored[name]))
    .map(([name]) => name)
}

/** One form for all that CMDBuild writes in several, whatever the type of the attribute. */
function canonical(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  const text = value.replaceAll('\0', '').trim()
  const number = /^-?\d+(\.\d+)?$/.test(text) ? String(Number(text)) : null
  return instantOf(text) ?? canonicalAddress(text, null) ?? number ?? text
}
