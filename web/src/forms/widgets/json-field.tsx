import { JsonInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldOf } from '../model/field.ts'
import { inputProps, type WidgetProps } from './props.ts'

/** A value of any form, as JSON. What cannot be read yet is not taken over. */
export function JsonField(props: WidgetProps & { field: FieldOf<'json'> }) {
  const { t } = useTranslation('forms')
  const [text, setText] = useState(() =>
    props.value === undefined ? '' : JSON.stringify(props.value, null, 2),
  )
  const change = (next: string) => {
    setText(next)
    if (next.trim() === '') return props.onChange(undefined)
    try {
      props.onChange(JSON.parse(next))
    } catch {
      // Still being typed; the field says so.
    }
  }
  return (
    <JsonInput
      {...inputProps(props)}
      validationError={t('problem.json')}
      value={text}
      onChange={change}
      autosize
      minRows={3}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  )
}
