import type { Section } from '../../../kit/foreign-config/section.ts'

const HINT = 'Write it as 2023-01-31T00:00:00Z.'

/** What a copy of a time range reads: from the first instant on, up to the second without it. */
export function readRange(options: Section, isRange: boolean): { from: string; to: string } | null {
  const section = options.section('range', isRange ? 'Name start_date and end_date.' : undefined)
  if (!section) return null
  if (!isRange) {
    for (const key of ['start_date', 'end_date'])
      if (section.text(key) !== null)
        section.tell(key, 'unneeded', 'the toolkit read it in the mode range only')
    return null
  }
  const from = readInstant(section, 'start_date', 'first instant that is copied')
  const to = readInstant(section, 'end_date', 'first instant that is not copied any more')
  if (from === null || to === null) return null
  if (from < to) return { from, to }
  section.mistake('end_date', 'the end is not after the beginning', 'Write a later date.')
  return null
}

/** Dates without a zone were those of UTC, whatever the clock of the machine. */
function readInstant(section: Section, key: string, remark: string): string | null {
  const text = section.required(key, HINT)
  if (text === null) return null
  const [, date, time = '00:00', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?))?(Z|[+-]\d{2}:\d{2})?$/i.exec(text) ??
    []
  const at = new Date(`${date}T${time}${zone}`)
  if (date === undefined || !isDay(date) || Number.isNaN(at.getTime()) || at.getTime() < 0) {
    section.mistake(key, `"${text}" is no date from 1970 on`, HINT)
    return null
  }
  const instant = at.toISOString().replace('.000Z', 'Z')
  section.tell(key, instant === text ? 'taken' : 'changed', `${instant}: ${remark}`)
  return instant
}

/** JavaScript takes the 31st of February for the 3rd of March. */
function isDay(date: string): boolean {
  const day = new Date(`${date}T00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date)
}
