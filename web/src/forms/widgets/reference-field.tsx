import { Anchor, MultiSelect, Select, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../session/me.ts'
import type { FieldOf } from '../model/field.ts'
import { inputProps, type WidgetProps } from './props.ts'
import { useNames } from './use-names.ts'

/** One of the objects that there are, by name. */
export function ReferenceField(props: WidgetProps & { field: FieldOf<'reference'> }) {
  const { field, value, onChange } = props
  const { t } = useTranslation('forms')
  const names = useNames(field.to, field.kinds)
  const current = typeof value === 'string' && value !== '' ? value : null
  const beginMaking = useMade(names, (name) => current === null && onChange(name))
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
        openOnFocus={false}
        clearable={!props.isRequired}
      />
      <CreateNew collection={field.to} isReadOnly={props.isReadOnly} onBegin={beginMaking} />
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
      openOnFocus={false}
      clearable
    />
  )
}

/** Calls with the name of what has been made since the returned function was called: what the reader left for. */
function useMade(names: readonly string[], take: (name: string) => void): () => void {
  const before = useRef<readonly string[] | null>(null)
  useEffect(() => {
    const made = before.current === null ? [] : names.filter((name) => !before.current?.includes(name))
    if (made.length !== 1 || made[0] === undefined) return
    before.current = null
    take(made[0])
  })
  return () => {
    before.current = names
  }
}

/** Leads to where one is made, in another tab: what was entered here stays. */
function CreateNew(props: { collection: string; isReadOnly: boolean; onBegin(): void }) {
  const { collection, isReadOnly, onBegin } = props
  const { t } = useTranslation('forms')
  const may = useMay('configure')
  if (isReadOnly || !may || collection === 'secrets') return null
  return (
    <Anchor
      component={Link}
      to={`/${collection}/new` as string}
      target="_blank"
      size="xs"
      w="fit-content"
      onClick={onBegin}
    >
      {t('reference.create')}
    </Anchor>
  )
}
