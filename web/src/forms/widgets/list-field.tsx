import { Button, Paper, Stack } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormParts } from '../form-context.ts'
import type { FieldOf } from '../model/field.ts'
import { emptyValue } from '../model/values.ts'
import { Framed } from './frames.tsx'
import type { WidgetProps } from './props.ts'

/** Any number of objects, each in a frame of its own. */
export function ListField({ field, ...props }: WidgetProps & { field: FieldOf<'list'> }) {
  const { FieldView, Fields } = useFormParts()
  const { t } = useTranslation('forms')
  const items = Array.isArray(props.value) ? props.value : []
  const remove = (index: number) => {
    const rest = items.filter((_, position) => position !== index)
    props.onChange(rest.length === 0 ? undefined : rest)
  }
  return (
    <Framed field={props}>
      {items.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place in the list is all that names an item
        <Paper key={index} withBorder p="sm">
          <Stack gap="sm">
            {field.item.shape === 'group' ? (
              <Fields fields={field.item.fields} path={[...props.path, index]} />
            ) : (
              <FieldView field={field.item} path={[...props.path, index]} />
            )}
            {!props.isReadOnly && (
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                w="fit-content"
                leftSection={<IconTrash size={14} aria-hidden />}
                onClick={() => remove(index)}
              >
                {t('list.remove', { number: index + 1 })}
              </Button>
            )}
          </Stack>
        </Paper>
      ))}
      {!props.isReadOnly && (
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => props.onChange([...items, emptyValue(field.item)])}
        >
          {t('list.add')}
        </Button>
      )}
    </Framed>
  )
}
