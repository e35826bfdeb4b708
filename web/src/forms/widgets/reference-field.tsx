import { Anchor, MultiSelect, Select, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../session/me.ts'
import type { FieldOf } from '../model/field.ts'
import { inputProps, type WidgetProps } from './props.ts'
import { useNames } from './use-names.ts'

/** One of the objects that there are, by name. */
export function ReferenceField(props: WidgetProps & { field: FieldOf<'reference'> }) {
  const { field, value, onChange } = props
  const { t } = useTranslation('forms')
  const names = useNames(field.to)
  const current = typeof value === 'string' && value !== '' ? value : null
  return (
    <Stack gap={4}>
      <Select
        {...inputProps(props)}
        data={current === null || names.includes(current) ? names : [current, ...names]}
        value={current}
        placeholder={t('reference.choose')}
        nothingFoundMessage={t('reference.nothing')}
        onChange={(name) => onChange(name ?? undefined)}
        searchable
        clearable={!props.isRequired}
      />
      <CreateNew collection={field.to} isReadOnly={props.isReadOnly} />
    </Stack>
  )
}

/** Any number of them; none chosen is the same as not set. */
export function ReferencesField(props: WidgetProps & { field: FieldOf<'references'> }) {
  const { field, value, onChange } = props
  const { t } = useTranslation('forms')
  const names = useNames(field.to)
  const chosen = Array.isArray(value) ? value.map(String) : []
  return (
    <MultiSelect
      {...inputProps(props)}
      data={[...new Set([...names, ...chosen])]}
      value={chosen}
      placeholder={chosen.length === 0 ? t('reference.choose') : ''}
      nothingFoundMessage={t('reference.nothing')}
      onChange={(next) => onChange(next.length === 0 ? undefined : next)}
      searchable
      clearable
    />
  )
}

/** Leads to where one is made, in another tab: what was entered here stays. */
function CreateNew({ collection, isReadOnly }: { collection: string; isReadOnly: boolean }) {
  const { t } = useTranslation('forms')
  const may = useMay('configure')
  if (isReadOnly || !may || collection === 'secrets') return null
  return (
    <Anchor component={Link} to={`/${collection}/new` as string} target="_blank" size="xs" w="fit-content">
      {t('reference.create')}
    </Anchor>
  )
}
