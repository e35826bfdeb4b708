import { isIP } from 'node:net'
import { isoOffset, parseInstant } from './clock.ts'
import { badArgument, daoError } from './lab-error.ts'
import type { LabLookups } from './lookups.ts'
import type { LabAttribute, LabValue } from './schema-types.ts'

/** What is stored of a value that was sent. */
export function storedValue(attribute: LabAttribute, sent: unknown, lookups: LabLookups): LabValue {
  if (sent === null || sent === undefined) return null
  switch (attribute.type) {
    case 'string':
    case 'char':
      return storedText(sent, attribute.type === 'char' ? 1 : attribute.maxLength)
    case 'text':
    case 'json':
    case 'time':
      return storedText(sent)
    case 'boolean':
      return storedBoolean(attribute, sent)
    case 'integer':
    case 'long':
      return storedInteger(attribute, sent)
    case 'decimal':
    case 'double':
    case 'float':
      return storedNumber(attribute, sent)
    case 'date':
      return storedDate(attribute, sent)
    case 'dateTime':
      return storedInstant(attribute, sent)
    case 'ipAddress':
      return storedAddress(attribute, sent)
    case 'lookup':
      if (typeof sent !== 'string' && typeof sent !== 'number') throw unfit(attribute, sent)
      return lookups.resolve(attribute.lookupType ?? '', sent)
    case 'reference':
      return storedReference(attribute, sent)
  }
}

function unfit(attribute: LabAttribute, sent: unknown): Error {
  return daoError(`error converting raw value = '${String(sent)}' for attribute type = ${attribute.type}`)
}

/** Blank is nothing; blanks at the ends of others stay. */
function storedText(sent: unknown, maxLength?: number): string | null {
  const text = typeof sent === 'object' ? JSON.stringify(sent) : String(sent)
  if (text.trim() === '') return null
  if (maxLength !== undefined && text.length > maxLength)
    throw badArgument(`string '${text.slice(0, 40)}' exceed maximum attr len of ${maxLength}`)
  return text
}

function storedBoolean(attribute: LabAttribute, sent: unknown): boolean | null {
  const text = String(sent).trim().toLowerCase()
  if (text === '') return null
  if (text !== 'true' && text !== 'false') throw unfit(attribute, sent)
  return text === 'true'
}

function numberIn(attribute: LabAttribute, sent: unknown): number | null {
  if (typeof sent === 'string' && sent.trim() === '') return null
  const number = typeof sent === 'number' || typeof sent === 'string' ? Number(sent) : Number.NaN
  if (!Number.isFinite(number)) throw unfit(attribute, sent)
  return number
}

function storedInteger(attribute: LabAttribute, sent: unknown): number | null {
  const number = numberIn(attribute, sent)
  if (number === null) return null
  const whole = Math.trunc(number)
  if (attribute.type === 'integer' && Math.abs(whole) > 2 ** 31 - 1) throw unfit(attribute, sent)
  return whole
}

/** A decimal is rounded to its scale by the database, which refuses one with too many digits before the point. */
function storedNumber(attribute: LabAttribute, sent: unknown): number | null {
  const number = numberIn(attribute, sent)
  if (number === null || attribute.type !== 'decimal') return number
  const { precision = 10, scale = 2 } = attribute
  const [mantissa = '0', exponent = '0'] = String(Math.abs(number)).split('e')
  const rounded = Number(`${Math.round(Number(`${mantissa}e${Number(exponent) + scale}`))}e-${scale}`)
  if (rounded >= 10 ** (precision - scale))
    throw daoError(`ERROR: numeric field overflow, attribute "${attribute.name}"`)
  return number < 0 ? -rounded : rounded
}

function storedDate(attribute: LabAttribute, sent: unknown): string | null {
  const text = String(sent).trim()
  if (text === '') return null
  const date = /^(\d{4}-\d\d-\d\d)(T.*)?$/.exec(text)?.[1]
  if (date === undefined || Number.isNaN(Date.parse(date))) throw unfit(attribute, sent)
  return date
}

/** To the millisecond, in the zone of the server. */
function storedInstant(attribute: LabAttribute, sent: unknown): string | null {
  if (typeof sent === 'number') return isoOffset(sent)
  const text = String(sent)
  if (text.trim() === '') return null
  const ms = parseInstant(text)
  if (ms === null) throw unfit(attribute, sent)
  return isoOffset(ms)
}

/** As the database prints it: small letters, zeros shortened, no mask of a single host. */
function storedAddress(attribute: LabAttribute, sent: unknown): string | null {
  const text = String(sent).trim()
  if (text === '') return null
  const [address = '', mask] = text.split('/')
  const family = isIP(address)
  const wanted = attribute.ipType ?? 'any'
  if (family === 0 || (wanted !== 'any' && wanted !== `ipv${family}`))
    throw badArgument(`invalid ${wanted === 'any' ? 'ipv4/ipv6' : wanted} value`)
  const canonical = family === 4 ? address : new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const isHost = mask === undefined || mask === (family === 4 ? '32' : '128')
  return isHost ? canonical : `${canonical}/${mask}`
}

/** A text that is no number is silently nothing. */
function storedReference(attribute: LabAttribute, sent: unknown): number | null {
  if (typeof sent === 'object') return storedReference(attribute, (sent as { _id?: unknown })._id ?? null)
  if (typeof sent === 'boolean') throw unfit(attribute, sent)
  const id = Number(sent)
  return Number.isInteger(id) && id > 0 ? id : null
}
