import { ActionIcon, Button, Group, Paper, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormParts } from '../form-context.ts'
import type { FieldOf } from '../model/field.ts'
import { emptyValue, isObject } from '../model/values.ts'
import { Framed } from './frames.tsx'
import type { WidgetProps } from './props.ts'

/** Values under names that the reader gives. */
export function MapField({ field, ...props }: WidgetProps & { field: FieldOf<'map'> }) {
  const { FieldView } = useFormParts()
  const { t } = useTranslation('forms')
  const [name, setName] = useState('')
  const entries = isObject(props.value) ? props.value : {}
  const trimmed = name.trim()
  const canAdd = trimmed !== '' && !Object.hasOwn(entries, trimmed)
  const add = () => {
    if (!canAdd) return
    props.onChange({ ...entries, [trimmed]: emptyValue(field.item) })
    setName('')
  }
  const remove = (key: string) => {
    const rest = Object.fromEntries(Object.entries(entries).filter(([one]) => one !== key))
    props.onChange(Object.keys(rest).length === 0 ? undefined : rest)
  }
  return (
    <Framed field={props}>
      {Object.keys(entries).map((key) => (
        <Paper key={key} withBorder p="sm">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <div style={{ flex: 1, minWidth: 0 }}>
              <FieldView
                field={{ ...field.item, title: key, isRequired: true }}
                path={[...props.path, key]}
              />
            </div>
            {!props.isReadOnly && (
              <ActionIcon aria-label={t('map.remove', { name: key })} onClick={() => remove(key)}>
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        </Paper>
      ))}
      {!props.isReadOnly && (
        <Group align="flex-end" gap="xs">
          <TextInput
            size="xs"
            label={t('map.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              add()
            }}
          />
          <Button
            variant="default"
            disabled={!canAdd}
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={add}
          >
            {t('list.add')}
          </Button>
        </Group>
      )}
    </Framed>
  )
}
