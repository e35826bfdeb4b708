import type { JsonValue } from '@holdfast/contract'
import type { ReactNode } from 'react'
import type { Path } from '../model/field.ts'

/** What every widget of a field is given. */
export interface WidgetProps {
  path: Path
  /** Undefined: not set, so that its initial value holds. */
  value: JsonValue | undefined
  label: string
  /** Undefined where there is nothing to say. */
  description: ReactNode | undefined
  error: string | undefined
  isRequired: boolean
  isReadOnly: boolean
  onChange(value: JsonValue | undefined): void
}

/** The part of it that every input of the toolkit takes. */
export function inputProps({ label, description, error, isRequired }: WidgetProps) {
  return { label, description, error, withAsterisk: isRequired, 'aria-required': isRequired || undefined }
}
