import type { Value } from './points.testkit.ts'

/** A point as line protocol says it, with names and strings as latin1 text. */
export interface ParsedPoint {
  measurement: string
  tags: [string, string][]
  fields: [string, Value][]
  time: bigint
}

/**
 * A strict reader of line protocol by its grammar, written apart from the product code and slow: a regular expression for
 * each token. Throws at the first byte that does not fit.
 */
export function parseLines(bytes: Buffer): ParsedPoint[] {
  const source = bytes.toString('latin1')
  const points: ParsedPoint[] = []
  let at = 0
  const take = (pattern: RegExp, what: string): string => {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (found === null)
      throw new Error(`${what} expected at ${at}: ${JSON.stringify(source.slice(at, at + 40))}`)
    at += found[0].length
    return found[0]
  }
  while (at < source.length) {
    const measurement = plain(take(/(?:\\[, \n]|[^, \n])+/y, 'measurement'), ', ')
    const tags: [string, string][] = []
    while (source[at] === ',') {
      at++
      const key = plain(take(/(?:\\[,= \n]|[^,= \n])+/y, 'tag key'), ',= ')
      take(/=/y, '=')
      tags.push([key, plain(take(/(?:\\[,= \n]|[^,= \n])+/y, 'tag value'), ',= ')])
    }
    take(/ /y, 'space')
    const fields: [string, Value][] = []
    do {
      const key = plain(take(/(?:\\.|[^\\,= \n])+/sy, 'field key'), ',= "')
      take(/=/y, '=')
      fields.push([key, typed(take(/"(?:\\.|[^\\"])*"|[^,\s]+/sy, 'value'))])
    } while (source[at] === ',' && take(/,/y, ','))
    take(/ /y, 'space')
    const time = BigInt(take(/-?\d+/y, 'time'))
    take(/\n/y, 'newline')
    points.push({ measurement, tags, fields, time })
  }
  return points
}

/** A backslash is an escape only where one of these follows it. */
const plain = (raw: string, escapable: string) => raw.replace(new RegExp(`\\\\([${escapable}])`, 'g'), '$1')

function typed(raw: string): Value {
  if (raw.startsWith('"')) return { type: 'string', value: raw.slice(1, -1).replace(/\\(["\\])/g, '$1') }
  if (raw === 't' || raw === 'f') return { type: 'boolean', value: raw === 't' }
  const whole = /^(-?\d+)([iu])$/.exec(raw)
  if (whole?.[1] !== undefined)
    return { type: whole[2] === 'i' ? 'integer' : 'unsigned', value: BigInt(whole[1]) }
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(raw)) throw new Error(`no value: ${raw}`)
  return { type: 'float', value: Number(raw) }
}
