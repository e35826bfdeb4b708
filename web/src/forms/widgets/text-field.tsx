import { Anchor, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isDuration } from '../model/durations.ts'
import type { FieldOf } from '../model/field.ts'
import { useDurationText } from './duration-text.ts'
import { inputProps, type WidgetProps } from './props.ts'

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
const MONO = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } }
const INPUT_TYPES: Record<string, string> = { email: 'email', uri: 'url' }

type TextFieldProps = WidgetProps & { field: FieldOf<'text'> }

/** A text of one line, or of several, or one of the forms that have a widget of their own. */
export function TextField(props: TextFieldProps) {
  const { field, value, onChange } = props
  const durationText = useDurationText()
  if (field.widget === 'time-zone') return <ZoneField {...props} />
  const current = typeof value === 'string' ? value : ''
  const common = {
    ...inputProps(props),
    value: current,
    placeholder: typeof field.initial === 'string' ? field.initial : (field.example ?? ''),
    autoComplete: 'off',
    spellCheck: field.widget === 'multiline',
  }
  const change = (text: string) => onChange(text === '' ? undefined : text)
  if (field.widget === 'multiline')
    return (
      <Textarea {...common} autosize minRows={2} onChange={(event) => change(event.currentTarget.value)} />
    )
  const isMono = field.widget === 'path'
  const shown = current === '' && typeof field.initial === 'string' ? field.initial : current
  return (
    <TextInput
      {...common}
      type={INPUT_TYPES[field.format ?? ''] ?? 'text'}
      {...(isMono ? { styles: MONO, autoCapitalize: 'none' } : {})}
      {...(field.widget === 'duration' && isDuration(shown)
        ? {
            rightSection: <span style={{ fontSize: 12 }}>{durationText(shown)}</span>,
            rightSectionWidth: 110,
          }
        : {})}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

function ZoneField(props: TextFieldProps) {
  const { field, value, onChange } = props
  const { t } = useTranslation('forms')
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const current = typeof value === 'string' ? value : null
  return (
    <Stack gap={4}>
      <Select
        {...inputProps(props)}
        data={current === null || ZONES.includes(current) ? ZONES : [current, ...ZONES]}
        value={current}
        placeholder={typeof field.initial === 'string' ? field.initial : ''}
        onChange={(zone) => onChange(zone ?? undefined)}
        searchable
        openOnFocus={false}
        clearable={!props.isRequired}
        limit={100}
      />
      {!props.isReadOnly && here !== (current ?? field.initial) && (
        <Anchor component="button" type="button" size="xs" ta="left" onClick={() => onChange(here)}>
          {t('zone.here', { zone: here })}
        </Anchor>
      )}
    </Stack>
  )
}
