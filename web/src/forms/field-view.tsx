import { Box } from '@mantine/core'
import { ProseText } from '../format/prose-text.tsx'
import { DiskField } from './disk/disk-field.tsx'
import { useFormState } from './form-context.ts'
import type { Field, FieldOf, Path } from './model/field.ts'
import { problemsAt } from './model/problems.ts'
import { valueAt } from './model/values.ts'
import { BranchField } from './widgets/branch-field.tsx'
import { CronField } from './widgets/cron-field.tsx'
import { GroupField, VariantField } from './widgets/group-field.tsx'
import { JsonField } from './widgets/json-field.tsx'
import { ListField } from './widgets/list-field.tsx'
import { MapField } from './widgets/map-field.tsx'
import type { WidgetProps } from './widgets/props.ts'
import { ReferenceField, ReferencesField } from './widgets/reference-field.tsx'
import { SecretField } from './widgets/secret-field.tsx'
import { ChoiceField, ChoicesField, NumberField, SwitchField, TextsField } from './widgets/simple-fields.tsx'
import { TextField } from './widgets/text-field.tsx'

const COMPOSED: ReadonlySet<string> = new Set(['group', 'variants', 'list', 'map', 'branches', 'secret'])

/** One field of any shape, with what is wrong about it. */
export function FieldView({ field, path }: { field: Field; path: Path }) {
  const { value, problems, set, isReadOnly } = useFormState()
  const wrong = problemsAt(problems, path, !COMPOSED.has(field.shape))
  const props: WidgetProps = {
    path,
    value: valueAt(value, path),
    error: wrong.length === 0 ? undefined : wrong.join(' '),
    isReadOnly,
    label: field.title,
    description: field.description === '' ? undefined : <ProseText text={field.description} />,
    isRequired: field.isRequired && field.initial === undefined,
    onChange: (next) => set(path, next),
  }
  return (
    <Box data-wrong={wrong.length > 0} maw={COMPOSED.has(field.shape) ? undefined : 520}>
      <Widget field={field} {...props} />
    </Box>
  )
}

/** Texts that need more than an input. */
function TextWidget({ field, ...props }: WidgetProps & { field: FieldOf<'text'> }) {
  if (field.widget === 'cron') return <CronField field={field} {...props} />
  if (field.widget === 'disk') return <DiskField field={field} {...props} />
  return <TextField field={field} {...props} />
}

function Widget({ field, ...props }: WidgetProps & { field: Field }) {
  switch (field.shape) {
    case 'text':
      return <TextWidget field={field} {...props} />
    case 'number':
      return <NumberField field={field} {...props} />
    case 'switch':
      return <SwitchField field={field} {...props} />
    case 'choice':
      return <ChoiceField field={field} {...props} />
    case 'choices':
      return <ChoicesField field={field} {...props} />
    case 'texts':
      return <TextsField field={field} {...props} />
    case 'reference':
      return <ReferenceField field={field} {...props} />
    case 'references':
      return <ReferencesField field={field} {...props} />
    case 'group':
      return <GroupField field={field} {...props} />
    case 'variants':
      return <VariantField field={field} {...props} />
    case 'branches':
      return <BranchField field={field} {...props} />
    case 'secret':
      return <SecretField field={field} {...props} />
    case 'list':
      return <ListField field={field} {...props} />
    case 'map':
      return <MapField field={field} {...props} />
    case 'json':
      return <JsonField field={field} {...props} />
    case 'constant':
      return null
  }
}
