import { Input, SegmentedControl, Stack } from '@mantine/core'
import { useState } from 'react'
import { useFormParts } from '../form-context.ts'
import type { FieldOf } from '../model/field.ts'
import { branchOf, emptyValue } from '../model/values.ts'
import type { WidgetProps } from './props.ts'

/** A value that may have one of several forms: which one, and then that one. */
export function BranchField({ field, ...props }: WidgetProps & { field: FieldOf<'branches'> }) {
  const { FieldView } = useFormParts()
  const [picked, setPicked] = useState(() => Math.max(branchOf(field.branches, props.value), 0))
  const branch = field.branches[picked]
  return (
    <Input.Wrapper
      label={props.label}
      description={props.description}
      error={props.error}
      withAsterisk={props.isRequired}
      labelElement="div"
    >
      <Stack gap="xs" mt={6} maw={520}>
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label={props.label}
          data={field.branches.map(({ title }, index) => ({ value: String(index), label: title }))}
          value={String(picked)}
          disabled={props.isReadOnly}
          onChange={(index) => {
            const next = field.branches[Number(index)]
            setPicked(Number(index))
            const empty = next ? emptyValue(next.field) : undefined
            props.onChange(empty === '' ? undefined : empty)
          }}
        />
        {branch && (
          <FieldView
            key={picked}
            field={{ ...branch.field, title: branch.title, isRequired: props.isRequired }}
            path={props.path}
          />
        )}
      </Stack>
    </Input.Wrapper>
  )
}
