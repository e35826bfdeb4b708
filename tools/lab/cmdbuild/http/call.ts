import { badArgument } from '../store/lab-error.ts'
import type { LabSession } from './sessions.ts'

/** A request as a route sees it: signed in, its path taken apart. */
export interface Call {
  readonly method: string
  /** Values of the `{}` of the route's path, decoded. */
  readonly names: readonly string[]
  readonly query: URLSearchParams
  /** Empty where the body is, or is no object. */
  readonly body: Readonly<Record<string, unknown>>
  readonly session: LabSession
}

/** What becomes the `data` of the envelope; `total` makes it a list. Undefined data: only success is said. */
export interface Reply {
  readonly data?: unknown
  readonly total?: number
  readonly cookie?: string
}

export interface Route {
  readonly method: string
  /** `{}` stands for one part: `/classes/{}/cards`. */
  readonly path: string
  /** Only for administrators. */
  readonly admin?: boolean
  /** It asks for a change of cards, relations or schema. */
  readonly writes?: boolean
  readonly run: (call: Call) => Reply
}

/** Of `start` and `limit`: a whole number that is not negative. */
export function numberOf(call: Call, name: string): number | null {
  const text = call.query.get(name)
  if (text === null || text === '') return null
  if (!/^\d+$/.test(text)) throw badArgument(`invalid value for param ${name} =< ${text} >`)
  return Number(text)
}

export function flagOf(call: Call, name: string): boolean {
  return call.query.get(name) === 'true'
}

export function textOf(call: Call, name: string): string {
  const value = call.body[name]
  if (typeof value !== 'string' || value.trim() === '')
    throw badArgument(`param '${name}' cannot be null or blank`)
  return value
}

/** Part of a path that must be an id. */
export function idOf(text: string): number {
  const id = Number(text)
  if (!Number.isInteger(id) || id <= 0) throw badArgument(`invalid id =< ${text} >`)
  return id
}
