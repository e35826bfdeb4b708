import { Box, Fieldset, Select, Stack, Switch } from '@mantine/core'
import { ProseText } from '../../format/prose-text.tsx'
import { useFormParts, useFormState } from '../form-context.ts'
import type { FieldOf, JsonObject, Path } from '../model/field.ts'
import { emptyValue, isObject } from '../model/values.ts'
import { FrameTexts } from './frames.tsx'
import type { WidgetProps } from './props.ts'

/** An object in a frame. One that may be left out is switched on first; one with initial values always shows. */
export function GroupField({ field, ...props }: WidgetProps & { field: FieldOf<'group'> }) {
  const { Fields } = useFormParts()
  const isOptional = !field.isRequired && field.initial === undefined && field.name !== ''
  const isOn = !isOptional || props.value !== undefined
  return (
    <Fieldset legend={isOptional ? undefined : props.label} aria-label={props.label} p="sm" radius="sm">
      <Stack gap="sm">
        {isOptional && (
          <Switch
            size="sm"
            label={props.label}
            description={props.description}
            checked={isOn}
            onChange={(event) => props.onChange(event.currentTarget.checked ? emptyValue(field) : undefined)}
          />
        )}
        <FrameTexts description={isOptional ? undefined : props.description} error={props.error} />
        {isOn && (
          <Box>
            <Fields fields={field.fields} path={props.path} />
          </Box>
        )}
      </Stack>
    </Fieldset>
  )
}

/** The same for objects of several kinds. */
export function VariantField({ field, ...props }: WidgetProps & { field: FieldOf<'variants'> }) {
  return (
    <Fieldset legend={props.label} p="sm" radius="sm">
      <VariantFields field={field} path={props.path} value={isObject(props.value) ? props.value : {}} />
    </Fieldset>
  )
}

interface VariantFieldsProps {
  field: FieldOf<'variants'>
  path: Path
  value: JsonObject
}

/** The kind to choose, where there is more than one, and the fields of the chosen one. */
export function VariantFields({ field, path, value }: VariantFieldsProps) {
  const { set } = useFormState()
  const { Fields } = useFormParts()
  const chosen = field.variants.find((variant) => variant.value === value[field.by]) ?? field.variants[0]
  if (!chosen) return null
  const change = (kind: string | null) => {
    const next = field.variants.find((variant) => variant.value === kind)
    if (!next) return
    // What both kinds have stays; the rest belongs to the kind that is left.
    const known = new Set(next.fields.map(({ name }) => name))
    const kept = Object.entries(value).filter(([name]) => known.has(name))
    if (path.length > 0) set(path, { ...Object.fromEntries(kept), [field.by]: next.value })
    else {
      for (const name of Object.keys(value)) if (!known.has(name)) set([name], undefined)
      set([field.by], next.value)
    }
  }
  return (
    <Stack gap="md">
      {field.variants.length > 1 && (
        <Select
          label={field.byTitle}
          description={<ProseText text={chosen.description} />}
          data={field.variants.map((variant) => ({ value: variant.value, label: variant.title }))}
          value={chosen.value}
          onChange={change}
          allowDeselect={false}
          maw={520}
        />
      )}
      <Fields key={chosen.value} fields={chosen.fields} path={path} />
    </Stack>
  )
}
