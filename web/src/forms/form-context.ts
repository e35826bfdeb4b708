import type { JsonValue } from '@holdfast/contract'
import { type ComponentType, createContext, useContext } from 'react'
import type { Field, JsonObject, Path } from './model/field.ts'
import type { Problems } from './model/problems.ts'

/** What every field of a form reads and writes. */
export interface FormState {
  value: JsonObject
  problems: Problems
  isReadOnly: boolean
  /** Undefined takes the value away. */
  set(path: Path, value: JsonValue | undefined): void
}

export const FormContext = createContext<FormState | null>(null)

export function useFormState(): FormState {
  const form = useContext(FormContext)
  if (!form) throw new Error('a field stands outside of a form')
  return form
}

/** What draws fields within fields. Handed in, since a widget is itself drawn by them. */
export interface FormParts {
  FieldView: ComponentType<{ field: Field; path: Path }>
  Fields: ComponentType<{ fields: readonly Field[]; path: Path }>
}

export const PartsContext = createContext<FormParts | null>(null)

export function useFormParts(): FormParts {
  const parts = useContext(PartsContext)
  if (!parts) throw new Error('a field stands outside of a form')
  return parts
}
