import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '../format/use-format.ts'
import { fromFieldTime, toFieldTime } from '../format/zoned-time.ts'

interface TimeFilterProps {
  label: string
  /** An instant, as it stands in the address of the page. */
  value: string | undefined
  onChange(instant: string | undefined): void
}

/** A filter by time, entered in the reader's time zone. */
export function TimeFilter({ label, value, onChange }: TimeFilterProps) {
  const { timeZone } = useFormat()
  const [typed, setTyped] = useState<string | null>(null)
  const apply = (text: string) => {
    const instant = fromFieldTime(text, timeZone)
    if (instant !== undefined || text === '') onChange(instant)
  }
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      label={label}
      title={timeZone}
      value={typed ?? (value === undefined ? '' : toFieldTime(value, timeZone))}
      onFocus={(event) => setTyped(event.currentTarget.value)}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        apply(event.currentTarget.value)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
