import { z } from 'zod'
import type { KeyedPhrase } from './phrase.ts'

/** Forms of a sentence by its value `count`. Italian, French and Spanish have a third, for whole millions: `other` stands in. */
const pluralForms = z.object({ one: z.string(), other: z.string() }).readonly()
export type PluralForms = z.infer<typeof pluralForms>

/**
 * A sentence with slots: `{name}` takes a text, or a number as the language writes it; `{name, bytes}`,
 * `{name, duration}` (milliseconds), `{name, percent}` (a share from 0 to 1) and `{name, date}` (an instant) say how.
 */
export const phraseTemplate = z.union([z.string(), pluralForms])
export type Template = z.infer<typeof phraseTemplate>

/** How values are written for one reader. */
export interface PhraseFormat {
  /** BCP 47 tag of the plural rules. */
  readonly locale: string
  number(value: number): string
  bytes(bytes: number): string
  duration(milliseconds: number): string
  percent(share: number): string
  dateTime(at: string): string
}

export type PhraseValues = KeyedPhrase['values']

type Slots<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never
type NameOf<Slot extends string> = Slot extends `${infer Name}, ${string}` ? Name : Slot
type ValueOf<Slot extends string> = Slot extends `${string}, date`
  ? string
  : Slot extends `${string}, ${string}`
    ? number
    : string | number
type SlotValues<Text extends string> = { [Slot in Slots<Text> as NameOf<Slot>]: ValueOf<Slot> }

/** The values that a template needs, by what stands in its slots. */
export type ValuesOf<T extends Template> = T extends string
  ? SlotValues<T>
  : T extends PluralForms
    ? SlotValues<T['one']> & SlotValues<T['other']> & { count: number }
    : never

const SLOT = /\{(\w+)(?:, (\w+))?\}/g

/** What stands in the slots of a text, each once, sorted: `bytes, bytes`. For comparing languages. */
export function slotsOf(text: string): string[] {
  const slots = [...text.matchAll(SLOT)].map(([, name, kind]) => (kind ? `${name}, ${kind}` : `${name}`))
  return [...new Set(slots)].sort()
}

/** The sentence, or null when a value is missing or of another type: the template is of another version. */
export function fillTemplate(template: Template, values: PhraseValues, format: PhraseFormat): string | null {
  const text = typeof template === 'string' ? template : pluralForm(template, values.count, format)
  if (text === null) return null
  let isFilled = true
  const filled = text.replace(SLOT, (_slot, name: string, kind: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    const written = value === undefined ? null : writtenValue(value, kind, format)
    isFilled &&= written !== null
    return written ?? ''
  })
  return isFilled ? filled : null
}

function pluralForm(
  forms: PluralForms,
  count: string | number | undefined,
  { locale }: PhraseFormat,
): string | null {
  if (typeof count !== 'number') return null
  return new Intl.PluralRules(locale).select(count) === 'one' ? forms.one : forms.other
}

function writtenValue(value: string | number, kind: string | undefined, format: PhraseFormat): string | null {
  if (typeof value === 'string') {
    if (kind === undefined) return value
    return kind === 'date' && !Number.isNaN(Date.parse(value)) ? format.dateTime(value) : null
  }
  switch (kind) {
    case undefined:
      return format.number(value)
    case 'bytes':
      return format.bytes(value)
    case 'duration':
      return format.duration(value)
    case 'percent':
      return format.percent(value)
    default:
      return null
  }
}
