import type { JsonValue } from '@holdfast/contract'
import { Button, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormParts, useFormState } from '../form-context.ts'
import type { FieldOf } from '../model/field.ts'
import { hasProblem } from '../model/problems.ts'
import { emptyValue, summaryOf } from '../model/values.ts'
import { Framed } from './frames.tsx'
import type { WidgetProps } from './props.ts'

/** So many that are there already would make the form long: each is a line then, to be opened. */
const FOLDED_FROM = 2

/** Any number of objects, each in a frame of its own. */
export function ListField({ field, ...props }: WidgetProps & { field: FieldOf<'list'> }) {
  const { t } = useTranslation('forms')
  // One that must be there is asked for at once.
  const first = field.isRequired && !props.isReadOnly ? [emptyValue(field.item)] : []
  const items = Array.isArray(props.value) && props.value.length > 0 ? props.value : first
  const [open, setOpen] = useState<boolean[]>(() => items.map(() => items.length < FOLDED_FROM))
  const remove = (index: number) => {
    const rest = items.filter((_, position) => position !== index)
    setOpen((all) => all.filter((_, position) => position !== index))
    props.onChange(rest.length === 0 ? undefined : rest)
  }
  const add = () => {
    setOpen((all) => [...items.map((_, index) => all[index] ?? true), true])
    props.onChange([...items, emptyValue(field.item)])
  }
  return (
    <Framed field={props}>
      {items.map((item, index) => (
        <Item
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in the list is all that names an item
          key={index}
          field={field.item}
          path={[...props.path, index]}
          value={item}
          isOpen={open[index] ?? true}
          onOpen={(isOpen) =>
            setOpen((all) => items.map((_, at) => (at === index ? isOpen : (all[at] ?? true))))
          }
          onRemove={props.isReadOnly ? undefined : () => remove(index)}
        />
      ))}
      {!props.isReadOnly && (
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
        >
          {t('list.add')}
        </Button>
      )}
    </Framed>
  )
}

interface ItemProps {
  field: FieldOf<'list'>['item']
  path: WidgetProps['path']
  value: JsonValue
  isOpen: boolean
  onOpen(isOpen: boolean): void
  /** Undefined where nothing may be changed. */
  onRemove: (() => void) | undefined
}

/** One object of the list; folded it is a line of what tells it from the others. What is wrong about it opens it. */
function Item({ field, path, value, isOpen, onOpen, onRemove }: ItemProps) {
  const { FieldView, Fields } = useFormParts()
  const { problems } = useFormState()
  const { t } = useTranslation('forms')
  const number = Number(path.at(-1)) + 1
  const isShown = isOpen || hasProblem(problems, path)
  const summary = summaryOf(field, value)
  const Chevron = isShown ? IconChevronDown : IconChevronRight
  return (
    <Paper withBorder p="sm">
      <Stack gap="sm">
        <UnstyledButton aria-expanded={isShown} onClick={() => onOpen(!isShown)}>
          <Group gap={6} wrap="nowrap">
            <Chevron size={16} aria-hidden style={{ flexShrink: 0 }} />
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {summary === '' ? t('list.item', { number }) : summary}
            </Text>
          </Group>
        </UnstyledButton>
        {isShown && (
          <>
            {field.shape === 'group' ? (
              <Fields fields={field.fields} path={path} />
            ) : (
              <FieldView field={field} path={path} />
            )}
            {onRemove && (
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                w="fit-content"
                leftSection={<IconTrash size={14} aria-hidden />}
                onClick={onRemove}
              >
                {t('list.remove', { number })}
              </Button>
            )}
          </>
        )}
      </Stack>
    </Paper>
  )
}
