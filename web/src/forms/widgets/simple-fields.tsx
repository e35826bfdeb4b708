import { Checkbox, Group, Input, NumberInput, Select, Switch, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FieldOf } from '../model/field.ts'
import { Segments } from './frames.tsx'
import { inputProps, type WidgetProps } from './props.ts'

export function NumberField(props: WidgetProps & { field: FieldOf<'number'> }) {
  const { field, value, onChange } = props
  return (
    <NumberInput
      {...inputProps(props)}
      value={typeof value === 'number' ? value : ''}
      placeholder={typeof field.initial === 'number' ? String(field.initial) : ''}
      allowDecimal={!field.isInteger}
      {...(field.min === undefined ? {} : { min: field.min })}
      {...(field.max === undefined ? {} : { max: field.max })}
      clampBehavior="none"
      maw={260}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    />
  )
}

export function SwitchField({ field, value, ...props }: WidgetProps & { field: FieldOf<'switch'> }) {
  return (
    <Switch
      size="sm"
      label={props.label}
      description={props.description}
      error={props.error}
      checked={value === undefined ? field.initial === true : value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  )
}

/** A few short values lie side by side, more of them in a list. */
export function ChoiceField(props: WidgetProps & { field: FieldOf<'choice'> }) {
  const { field, value, onChange } = props
  const data = field.options.map((option) => ({ value: option.value, label: option.title }))
  const current = typeof value === 'string' ? value : null
  const initial = typeof field.initial === 'string' ? field.initial : null
  const isShort = data.length <= 3 && data.every(({ label }) => label.length <= 16)
  if (isShort && initial !== null)
    return (
      <Input.Wrapper {...inputProps(props)} labelElement="div">
        <div>
          <Segments
            mt={4}
            aria-label={props.label}
            data={data}
            value={current ?? initial}
            disabled={props.isReadOnly}
            onChange={onChange}
          />
        </div>
      </Input.Wrapper>
    )
  return (
    <Select
      {...inputProps(props)}
      data={data}
      value={current ?? initial}
      onChange={(next) => onChange(next ?? undefined)}
      openOnFocus={false}
      clearable={!props.isRequired && initial === null}
      allowDeselect={false}
    />
  )
}

export function ChoicesField(props: WidgetProps & { field: FieldOf<'choices'> }) {
  const { field, value, onChange } = props
  const source = Array.isArray(value) ? value : field.initial
  const chosen = Array.isArray(source) ? source.map(String) : []
  return (
    <Checkbox.Group
      label={props.label}
      description={props.description}
      error={props.error}
      withAsterisk={props.isRequired}
      value={chosen}
      onChange={(next) =>
        // In the order in which they are told, whatever the order of the clicks.
        onChange(field.options.map((option) => option.value).filter((one) => next.includes(one)))
      }
    >
      <Group gap="md" mt={6}>
        {field.options.map((option) => (
          <Checkbox key={option.value} size="xs" value={option.value} label={option.title} />
        ))}
      </Group>
    </Checkbox.Group>
  )
}

/** Any number of texts; Enter ends one. A comma is part of it. */
export function TextsField(props: WidgetProps & { field: FieldOf<'texts'> }) {
  const { field, value, onChange } = props
  const { t } = useTranslation('forms')
  const texts = Array.isArray(value) ? value.map(String) : []
  return (
    <TagsInput
      {...inputProps(props)}
      placeholder={texts.length === 0 ? t('texts.placeholder') : ''}
      value={texts}
      splitChars={[]}
      acceptValueOnBlur
      onChange={(next) => onChange(next.length === 0 && !field.isRequired ? undefined : next)}
    />
  )
}
