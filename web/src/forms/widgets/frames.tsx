import { Fieldset, Input, SegmentedControl, type SegmentedControlProps, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { WidgetProps } from './props.ts'

/** The frame around a value of several parts: its name, what it is for, what is wrong about it as a whole. */
export function Framed({ field, children }: { field: WidgetProps; children: ReactNode }) {
  return (
    <Fieldset legend={field.label} p="sm" radius="sm">
      <Stack gap="sm">
        <FrameTexts {...field} />
        {children}
      </Stack>
    </Fieldset>
  )
}

export function FrameTexts({ description, error }: Pick<WidgetProps, 'description' | 'error'>) {
  return (
    <>
      {description !== undefined && (
        <Text size="xs" c="dimmed" component="div">
          {description}
        </Text>
      )}
      {error !== undefined && (
        <Text size="xs" c="red" role="alert">
          {error}
        </Text>
      )}
    </>
  )
}

/** A few things to choose from, side by side; one below the other on a telephone, where they would be cut off. */
export function Segments(props: Omit<SegmentedControlProps, 'ref'>) {
  const isPhone = useMediaQuery('(max-width: 36em)')
  return (
    <SegmentedControl
      size="xs"
      w="fit-content"
      maw="100%"
      orientation={isPhone ? 'vertical' : 'horizontal'}
      {...props}
    />
  )
}

interface BranchedProps {
  field: WidgetProps
  /** Says what is chosen; the name of the field without it. */
  label?: string
  branches: readonly (readonly [title: string, index: number])[]
  picked: number
  onPick(index: number): void
  children: ReactNode
}

/** A value that has one of several forms: which one, and below it the fields of that one. */
export function Branched({ field, label, branches, picked, onPick, children }: BranchedProps) {
  return (
    <Input.Wrapper
      // Its parts are called alike wherever it stands: who hears the page must know whose they are.
      role="group"
      aria-label={field.label}
      label={field.label}
      description={field.description}
      error={field.error}
      withAsterisk={field.isRequired}
      labelElement="div"
    >
      <Stack gap="xs" mt={6} maw={520}>
        <Segments
          aria-label={label ?? field.label}
          data={branches.map(([title, index]) => ({ value: String(index), label: title }))}
          value={String(picked)}
          disabled={field.isReadOnly}
          onChange={(index) => onPick(Number(index))}
        />
        {children}
      </Stack>
    </Input.Wrapper>
  )
}
