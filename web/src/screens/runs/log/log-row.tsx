import type { RunLogLine } from '@holdfast/contract'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Format } from '../../../format/format.ts'
import classes from './log.module.css'
import { lineText } from './log-lines.ts'

interface LogRowProps {
  line: RunLogLine
  format: Format
  search: string
  isTarget: boolean
  isWrapped: boolean
  onLink(position: number): void
}

/** One line: its number, which is a link to it, when, how serious, and what. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { line, format, onLink } = props
  const { t } = useTranslation('runs')
  const text = lineText(line)
  return (
    <div className={classes.row} data-level={line.level} data-target={props.isTarget || undefined}>
      <a
        className={classes.number}
        href={`#line=${line.position}`}
        aria-label={t('log.link', { line: line.position })}
        onClick={(event) => {
          event.preventDefault()
          onLink(line.position)
        }}
      >
        {line.position}
      </a>
      <time className={classes.time} dateTime={line.at} title={format.full(line.at)}>
        {format.clock(line.at, { milliseconds: true })}
      </time>
      <span className={classes.level}>{line.level}</span>
      <span className={classes.text} lang="en">
        {marked(props.isWrapped ? text : text.replaceAll('\n', ' ⏎ '), props.search)}
      </span>
    </div>
  )
})

/** A text with every place marked where the search is found. */
function marked(text: string, search: string): ReactNode {
  if (search === '') return text
  const found = text.toLowerCase()
  const sought = search.toLowerCase()
  // A few letters change their length in lower case; then the places would not fit.
  if (found.length !== text.length) return text
  const parts: ReactNode[] = []
  let from = 0
  for (let at = found.indexOf(sought); at >= 0; at = found.indexOf(sought, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + sought.length)}</mark>)
    from = at + sought.length
  }
  return [...parts, text.slice(from)]
}
