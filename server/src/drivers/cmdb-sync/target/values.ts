import type { CardValue, CmdbAttribute, CmdbLookup } from '../model/cmdb.ts'
import { canonicalAddress } from './addresses.ts'

/** What CMDBuild stores for a fact; `cut` when the attribute is too short for all of it. */
export type ToCard =
  | { readonly value: CardValue; readonly cut: boolean }
  | { readonly problem: 'lookup-unknown' | 'type-unfit' }

/** Values by lookup type, as in {@link Cmdb}. */
export type Lookups = ReadonlyMap<string, readonly CmdbLookup[]>

type Present = string | number | boolean

const EMPTY: ToCard = { value: null, cut: false }
const UNFIT: ToCard = { problem: 'type-unfit' }
const UNKNOWN: ToCard = { problem: 'lookup-unknown' }

/** An instant needs its zone: without it the time of this machine would be meant. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i
const DAY = /^\d{4}-\d{2}-\d{2}$/
const NUMBER = /^[+-]?\d+(\.\d+)?$/

/** Whole numbers that the columns of PostgreSQL behind them hold. */
const WHOLE: Readonly<Record<string, number>> = { integer: 2 ** 31 - 1, long: Number.MAX_SAFE_INTEGER }

const BY_TYPE: Readonly<
  Record<string, (fact: Present, attribute: CmdbAttribute, lookups: Lookups) => ToCard>
> = {
  string: text,
  text,
  char: (fact, attribute) => text(fact, { ...attribute, maxLength: 1 }),
  boolean: (fact) => whole(booleanOf(fact)),
  integer: wholeNumber,
  long: wholeNumber,
  decimal,
  double: (fact) => whole(numberOf(fact)),
  float: (fact) => whole(numberOf(fact)),
  dateTime: (fact) => whole(instantOf(fact)),
  date: (fact) => whole(dayOf(fact)),
  ipAddress: (fact, { ipType }) => whole(canonicalAddress(String(fact), ipType)),
  lookup,
  // The fact of a reference is the id of the card by now: text there would be taken for null, without a word.
  reference: (fact) => whole(typeof fact === 'number' && Number.isSafeInteger(fact) ? fact : null),
}

/**
 * How a fact stands in a card once CMDBuild has stored it. What is blank is null, for every type. `type-unfit` for a
 * fact that such an attribute cannot hold, and for types that are never written.
 */
export function toCardValue(
  fact: string | number | boolean | null,
  attribute: CmdbAttribute,
  lookups: Lookups,
): ToCard {
  if (isBlank(fact)) return EMPTY
  return BY_TYPE[attribute.type]?.(fact, attribute, lookups) ?? UNFIT
}

/** Whether both are one and the same to CMDBuild, however they are written: absent, null and blank are equal. */
export function sameValue(
  a: CardValue | undefined,
  b: CardValue | undefined,
  attribute: CmdbAttribute,
): boolean {
  return stored(a, attribute) === stored(b, attribute)
}

/** The one form of a value that is compared; a value that does not fit its attribute is compared as it is. */
function stored(value: CardValue | undefined, attribute: CmdbAttribute): CardValue {
  if (isBlank(value)) return null
  // A lookup comes by its id, and as text only from one who writes it so.
  const type = attribute.type === 'lookup' ? 'reference' : attribute.type
  const fact = type === 'reference' ? (numberOf(value) ?? value) : value
  const canonical = BY_TYPE[type]?.(
    fact,
    { ...attribute, maxLength: null, precision: null, ipType: null },
    new Map(),
  )
  if (canonical && 'value' in canonical) return canonical.value
  return typeof value === 'string' ? tidy(value) : value
}

function isBlank(value: CardValue | undefined): value is null | undefined {
  return value === null || value === undefined || (typeof value === 'string' && tidy(value) === '')
}

function whole(value: CardValue): ToCard {
  return value === null ? UNFIT : { value, cut: false }
}

/** PostgreSQL holds no zero character. */
function tidy(value: string): string {
  return value.replaceAll('\0', '').trim()
}

/** Cut as Java counts, which is never longer than what PostgreSQL allows, and through no character. */
function text(fact: Present, { maxLength }: CmdbAttribute): ToCard {
  const all = tidy(String(fact))
  if (maxLength === null || all.length <= maxLength) return { value: all, cut: false }
  const isHalf = (all.codePointAt(maxLength - 1) ?? 0) > 0xffff
  return { value: all.slice(0, isHalf ? maxLength - 1 : maxLength).trimEnd() || null, cut: true }
}

function booleanOf(fact: Present): boolean | null {
  if (typeof fact === 'boolean') return fact
  const word = String(fact).trim().toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : null
}

function numberOf(fact: Present): number | null {
  if (typeof fact === 'number') return Number.isFinite(fact) ? fact : null
  return typeof fact === 'string' && NUMBER.test(fact.trim()) ? Number(fact) : null
}

function wholeNumber(fact: Present, { type }: CmdbAttribute): ToCard {
  const number = numberOf(fact)
  if (number === null || Math.abs(number) > (WHOLE[type] ?? 0)) return UNFIT
  return { value: Math.round(number) + 0, cut: false }
}

function decimal(fact: Present, { precision, scale }: CmdbAttribute): ToCard {
  const number = numberOf(fact)
  if (number === null) return UNFIT
  const value = scale === null ? number : Number(number.toFixed(Math.min(scale, 100))) + 0
  const isTooLong = precision !== null && Math.abs(value) >= 10 ** (precision - (scale ?? 0))
  return isTooLong ? UNFIT : { value, cut: false }
}

/** To the millisecond, in UTC; what is written so already is given back, and stands in memory once. */
export function instantOf(fact: CardValue): string | null {
  if (typeof fact !== 'string' || !INSTANT.test(fact.trim())) return null
  const ms = Date.parse(fact.trim())
  if (Number.isNaN(ms)) return null
  const instant = new Date(ms).toISOString()
  return instant === fact ? fact : instant
}

function dayOf(fact: Present): string | null {
  if (typeof fact !== 'string') return null
  return DAY.test(fact.trim()) ? fact.trim() : (instantOf(fact)?.slice(0, 10) ?? null)
}

/** By its code, whatever the case of its letters; of several the one written alike, then the one in use. */
function lookup(fact: Present, { lookupType }: CmdbAttribute, lookups: Lookups): ToCard {
  const code = String(fact).trim()
  const alike = (lookups.get(lookupType ?? '') ?? []).filter((one) => equalsIgnoringCase(one.code, code))
  const found = alike.find((one) => one.code === code) ?? alike.find(({ isActive }) => isActive) ?? alike[0]
  return found === undefined ? UNKNOWN : { value: found.id, cut: false }
}

export function equalsIgnoringCase(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}
