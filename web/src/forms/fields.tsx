import { Button, Collapse, Stack } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldView } from './field-view.tsx'
import { useFormState } from './form-context.ts'
import type { Field, Path } from './model/field.ts'
import { hasProblem } from './model/problems.ts'
import { isAsked, isObject, valueAt } from './model/values.ts'

/** The fields of an object, those that most people leave alone folded away below. */
export function Fields({ fields, path }: { fields: readonly Field[]; path: Path }) {
  const { t } = useTranslation('forms')
  const { value, problems } = useFormState()
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const object = valueAt(value, path)
  const shown = fields.filter(
    (field) => field.shape !== 'constant' && isAsked(field, fields, isObject(object) ? object : {}),
  )
  const plain = shown.filter(({ isAdvanced }) => !isAdvanced)
  const advanced = shown.filter(({ isAdvanced }) => isAdvanced)
  const hasWrong = advanced.some(({ name }) => hasProblem(problems, [...path, name]))
  const isShown = isOpen || hasWrong
  const view = (field: Field) => <FieldView key={field.name} field={field} path={[...path, field.name]} />
  return (
    <Stack gap="md">
      {plain.map(view)}
      {advanced.length > 0 && (
        <>
          <Button
            variant="subtle"
            size="compact-sm"
            style={{ alignSelf: 'flex-start' }}
            leftSection={
              isShown ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />
            }
            aria-expanded={isShown}
            aria-controls={id}
            onClick={() => setIsOpen(!isShown)}
          >
            {t('advanced', { count: advanced.length })}
          </Button>
          <Collapse expanded={isShown} id={id} transitionDuration={0}>
            {isShown && <Stack gap="md">{advanced.map(view)}</Stack>}
          </Collapse>
        </>
      )}
    </Stack>
  )
}
