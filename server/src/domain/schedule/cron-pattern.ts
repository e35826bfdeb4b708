import { HoldfastError, type ScheduleSpec } from '@holdfast/contract'
import { Cron } from 'croner'

const FIELDS = [
  { name: 'minute', allowed: '0-59', least: 0, most: 59 },
  { name: 'hour', allowed: '0-23', least: 0, most: 23 },
  { name: 'day of month', allowed: '1-31, L (last), 15W (nearest weekday)' },
  { name: 'month', allowed: '1-12 or JAN-DEC' },
  {
    name: 'day of week',
    allowed: '0-7 (0 and 7 are Sunday) or SUN-SAT, MON#2 (second Monday), FRI#L (last Friday)',
  },
] as const

const SHAPES = 'a value, a list 1,2, a range 1-5, a step */15 or *'

export type Timing = Pick<ScheduleSpec, 'cron' | 'timeZone'>

/**
 * What is wrong with a cron expression, said to the person who wrote it; null when it can be used. Five fields only:
 * no seconds, no years, no nicknames such as @daily. An expression that no date ever matches is wrong, too.
 */
export function cronProblem(cron: string): string | null {
  const fields = fieldsOf(cron)
  if (fields.length !== FIELDS.length) {
    const names = FIELDS.map((field) => field.name).join(', ')
    return `a cron expression has five fields (${names}), this one has ${fields.length}`
  }
  for (const [index, field] of FIELDS.entries()) {
    const alone = FIELDS.map((_field, position) => (position === index ? fields[index] : '*')).join(' ')
    if (!parses(alone))
      return `${field.name} "${fields[index]}" is not valid: use ${SHAPES}, with ${field.allowed}`
  }
  if (!parses(fields.join(' '))) return `"${cron}" is not a valid cron expression`
  if (!compilePattern({ cron, timeZone: 'UTC' }).nextRun(new Date(0))) {
    return 'no date ever matches it, as with the 30th of February'
  }
  return null
}

/**
 * The expression made ready for croner so that daylight saving is treated by what the expression means, not by how it
 * is written. (Left alone, croner 11 never runs `0-59/30 2 * * *` on the night on which 02:00 is skipped, and runs all
 * of it twice on the night on which 02:00 is shown twice.)
 *
 * - Due in every hour of the day: it follows real time, so both 02:00 of the long night count.
 * - Otherwise it follows the clock: each time once a day; a time shown twice is its first showing, and the times that
 *   the clock skips become one run at the end of the gap.
 *
 * The time zone has been checked by the schema of the schedule. Throws `config-invalid`.
 */
export function compilePattern(timing: Timing): Cron {
  try {
    return new Cron(asMeant(timing.cron), {
      timezone: timing.timeZone,
      mode: '5-part',
      fixedTimeRule: 'no-wildcard',
    })
  } catch (cause) {
    const problem = cronProblem(timing.cron) ?? String(cause)
    throw new HoldfastError('config-invalid', `the schedule cannot be used: ${problem}`, { cause })
  }
}

/** The same times, with minutes and hours listed one by one unless every hour is meant. */
function asMeant(cron: string): string {
  const fields = fieldsOf(cron)
  const [minute = '', hour = '', ...days] = fields
  if (fields.length !== FIELDS.length || !parses(fields.join(' ')))
    throw new TypeError(`not a cron expression: ${cron}`)
  const hours = valuesOf(hour, FIELDS[1])
  if (hours.length === 24) return [minute, '*', ...days].join(' ')
  return [valuesOf(minute, FIELDS[0]).join(','), hours.join(','), ...days].join(' ')
}

function fieldsOf(cron: string): string[] {
  return cron.split(/\s+/).filter((field) => field !== '')
}

function parses(cron: string): boolean {
  try {
    new Cron(cron, { mode: '5-part' })
    return true
  } catch {
    return false
  }
}

/** Every value of a minute or hour field that croner has accepted, ascending. */
function valuesOf(field: string, range: { least: number; most: number }): number[] {
  const values = new Set<number>()
  for (const part of field.split(',')) {
    const [span = '', step = '1'] = part.split('/')
    const [from = '', to = from] = span.split('-')
    const isAny = from === '*' || from === '?'
    const last = isAny ? range.most : Number(to)
    for (let value = isAny ? range.least : Number(from); value <= last; value += Number(step))
      values.add(value)
  }
  return [...values].toSorted((a, b) => a - b)
}
