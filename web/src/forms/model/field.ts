import type { JsonValue } from '@holdfast/contract'

/** A part of a JSON Schema, as the server sends it. */
export type Schema = { readonly [key: string]: JsonValue }
export type JsonObject = { [key: string]: JsonValue }
export type Path = readonly (string | number)[]

export const TEXT_WIDGETS = [
  'path',
  'cron',
  'time-zone',
  'duration',
  'byte-size',
  'multiline',
  'disk',
] as const
export type TextWidget = (typeof TEXT_WIDGETS)[number]

interface Described {
  /** Name of the property; empty for what has none: items, branches, the whole. */
  name: string
  title: string
  description: string
  isRequired: boolean
  /** Folded away until somebody asks for it. */
  isAdvanced: boolean
  /** What holds when nothing is set. */
  initial: JsonValue | undefined
  example: string | undefined
  /** Makes sense only while the field of this name beside it has one of these values. */
  onlyWith: { name: string; values: readonly JsonValue[] } | undefined
}

export interface TextShape {
  shape: 'text'
  widget: TextWidget | 'line'
  pattern: string | undefined
  format: string | undefined
}
export interface Option {
  value: string
  title: string
}
export interface Branch {
  title: string
  description: string
  field: Field
}
export interface Variant {
  value: string
  title: string
  description: string
  fields: Field[]
}

/** What a value looks like. Everything that can be configured is one of these, whatever it is about. */
export type Shape =
  | TextShape
  | { shape: 'number'; isInteger: boolean; min: number | undefined; max: number | undefined }
  | { shape: 'switch' }
  | { shape: 'choice'; options: Option[] }
  | { shape: 'constant'; value: JsonValue }
  /** With `kinds`, only objects of one of these kinds will do. */
  | { shape: 'reference'; to: string; kinds?: readonly string[] }
  | { shape: 'references'; to: string }
  | { shape: 'choices'; options: Option[] }
  | { shape: 'texts' }
  | { shape: 'list'; item: Field }
  | { shape: 'map'; item: Field }
  | { shape: 'group'; fields: Field[] }
  /** Objects told apart by a property with a constant. */
  | { shape: 'variants'; by: string; byTitle: string; variants: Variant[] }
  /** Values of different form, told apart by what they look like. */
  | { shape: 'branches'; branches: Branch[] }
  /** A reference to a secret, and the other places it can be read from. */
  | { shape: 'secret'; branches: Branch[] }
  /** A form nobody has thought of: entered as JSON, so that no setting is out of reach. */
  | { shape: 'json' }

export type Field = Described & Shape
export type FieldOf<S extends Shape['shape']> = Extract<Field, { shape: S }>

export function isGroup(field: Field): field is FieldOf<'group'> {
  return field.shape === 'group'
}
