import { useState } from 'react'
import { useFormParts } from '../form-context.ts'
import type { FieldOf } from '../model/field.ts'
import { branchOf, emptyValue } from '../model/values.ts'
import { Branched } from './frames.tsx'
import type { WidgetProps } from './props.ts'

/** A value that may have one of several forms: which one, and then that one. */
export function BranchField({ field, ...props }: WidgetProps & { field: FieldOf<'branches'> }) {
  const { FieldView } = useFormParts()
  const [picked, setPicked] = useState(() => Math.max(branchOf(field.branches, props.value), 0))
  const branch = field.branches[picked]
  const pick = (index: number) => {
    const next = field.branches[index]
    setPicked(index)
    const empty = next ? emptyValue(next.field) : undefined
    props.onChange(empty === '' ? undefined : empty)
  }
  return (
    <Branched
      field={props}
      branches={field.branches.map(({ title }, index) => [title, index])}
      picked={picked}
      onPick={pick}
    >
      {branch && (
        <FieldView
          key={picked}
          field={{ ...branch.field, title: branch.title, isRequired: props.isRequired }}
          path={props.path}
        />
      )}
    </Branched>
  )
}
