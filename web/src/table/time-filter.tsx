import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '../format/use-format.ts'
import { fromFieldTime, toFieldTime } from '../format/zoned-time.ts'
import classes from './data-table.module.css'

interface TimeFilterProps {
  label: string
  /** An instant, as it stands in the address of the page. */
  value: string | undefined
  onChange(instant: string | undefined): void
}

/** Two of them that stay beside each other. */
export function PeriodFilter(props: {
  fromLabel: string
  toLabel: string
  from: string | undefined
  to: string | undefined
  onChange(change: { from?: string | undefined; to?: string | undefined }): void
}) {
  const { from, to, onChange } = props
  return (
    <div className={classes.period}>
      <TimeFilter label={props.fromLabel} value={from} onChange={(instant) => onChange({ from: instant })} />
      <TimeFilter label={props.toLabel} value={to} onChange={(instant) => onChange({ to: instant })} />
    </div>
  )
}

/** A filter by time, entered in the reader's time zone. */
function TimeFilter({ label, value, onChange }: TimeFilterProps) {
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
