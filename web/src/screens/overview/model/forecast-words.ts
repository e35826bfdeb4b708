/** What the server says about when a vault fills, taken apart so that it can be said in another language. */
export type ForecastWords =
  | { word: 'full' | 'today' | 'shrinking' | 'steady' | 'unknown' }
  | { word: 'data'; have: number; need: number }
  | { word: 'earliest'; early: Span }
  | { word: 'within' | 'exact'; late: Span }
  | { word: 'between'; early: Span; late: Span }
  | { word: 'beyond'; years: Span }

export interface Span {
  count: number
  unit: 'day' | 'week' | 'month' | 'year'
}

const SENTENCES = {
  full: 'full',
  'may fill today': 'today',
  shrinking: 'shrinking',
  'not growing': 'steady',
  'growing, but the free space is not known': 'unknown',
} as const

/** Null for words that this page does not know, which are then shown as they came. */
export function forecastWords(text: string): ForecastWords | null {
  if (Object.hasOwn(SENTENCES, text)) return { word: SENTENCES[text as keyof typeof SENTENCES] }
  const data = /^not enough data \((\d+) of (\d+) days\)$/.exec(text)
  if (data) return { word: 'data', have: Number(data[1]), need: Number(data[2]) }
  const beyond = /^not within (\d+) years$/.exec(text)
  if (beyond) return { word: 'beyond', years: { count: Number(beyond[1]), unit: 'year' } }
  const earliest = span(/^fills in (\d+) (day|week|month|year)s? at the earliest$/.exec(text))
  if (earliest) return { word: 'earliest', early: earliest }
  const within = span(/^fills within (\d+) (day|week|month|year)s?$/.exec(text))
  if (within) return { word: 'within', late: within }
  const range = /^fills in (\d+)(?: (day|week|month|year)s?)? to (\d+) (day|week|month|year)s?$/.exec(text)
  if (range)
    return {
      word: 'between',
      early: { count: Number(range[1]), unit: (range[2] ?? range[4]) as Span['unit'] },
      late: { count: Number(range[3]), unit: range[4] as Span['unit'] },
    }
  const exact = span(/^fills in (\d+) (day|week|month|year)s?$/.exec(text))
  return exact ? { word: 'exact', late: exact } : null
}

function span(match: RegExpExecArray | null): Span | null {
  return match ? { count: Number(match[1]), unit: match[2] as Span['unit'] } : null
}

/** "6 weeks" in the language of the reader. */
export function spanText({ count, unit }: Span, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}
