import type { RunLogLine } from '@holdfast/contract'
import { Box, Button, Center, Text } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Format } from '../../../format/format.ts'
import classes from './log.module.css'
import type { LogLook } from './log-bar.tsx'
import { firstAfter, lineText } from './log-lines.ts'
import { LogRow } from './log-row.tsx'
import { layOut, visibleLines } from './log-window.ts'
import { ROW_PX, useLogScroll, useSteadyView } from './use-log-scroll.ts'

interface LogSheetProps {
  lines: readonly RunLogLine[]
  /** Position of the first line that is there, whatever the filter. */
  oldest: number | undefined
  format: Format
  look: LogLook
  target: number | null
  onLink(position: number): void
  /** Leads further back. */
  older: ReactNode
  empty: string
}

/** Characters beside the text of a line: number, time, level, gaps and padding; the frame of a phone shows less. */
const GUTTER = { wide: 30, narrow: 10 }
const NARROW_PX = 560

/** Draws only the lines in view, however many there are. */
export function LogSheet(props: LogSheetProps) {
  const { lines, look, target } = props
  const { t } = useTranslation('runs')
  const scroll = useLogScroll()
  const ruler = useRef<HTMLSpanElement>(null)
  const [charPx, setCharPx] = useState(7.2)
  useEffect(() => {
    const width = ruler.current?.getBoundingClientRect().width
    if (width) setCharPx(width / 10)
  }, [])
  const isNarrow = scroll.width > 0 && scroll.width < NARROW_PX
  const gutter = isNarrow ? GUTTER.narrow : GUTTER.wide
  const columns = Math.max(Math.floor(scroll.width / charPx) - gutter, 10)
  const layout = useMemo(
    () => layOut(lines.length, (index) => textAt(lines, index), look.isWrapped ? columns : null),
    [lines, look.isWrapped, columns],
  )
  useSteadyView(scroll, lines, layout, props.oldest)
  useJump(scroll, lines, layout, target)
  const { from, to } = visibleLines(
    layout,
    Math.floor(scroll.top / ROW_PX),
    Math.ceil(scroll.height / ROW_PX),
  )
  const toEnd = () => {
    scroll.setIsFollowing(true)
    scroll.frame.current?.scrollTo({ top: scroll.frame.current.scrollHeight })
  }
  return (
    <Box pos="relative">
      <div
        ref={scroll.ref}
        className={classes.frame}
        onScroll={scroll.onScroll}
        role="log"
        aria-live="off"
        aria-label={t('log.lines')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        data-narrow={isNarrow || undefined}
      >
        <span ref={ruler} className={classes.ruler} aria-hidden>
          {'x'.repeat(10)}
        </span>
        {props.older && <Center p={4}>{props.older}</Center>}
        {lines.length === 0 && (
          <Text c="dimmed" size="sm" p="sm">
            {props.empty}
          </Text>
        )}
        <div
          className={classes.sheet}
          data-wrap={look.isWrapped || undefined}
          style={{ height: (layout.at(-1) ?? 0) * ROW_PX }}
        >
          <div className={classes.window} style={{ top: (layout[from] ?? 0) * ROW_PX }}>
            {lines.slice(from, to).map((line) => (
              <LogRow
                key={line.position}
                line={line}
                format={props.format}
                search={look.search}
                isTarget={line.position === target}
                isWrapped={look.isWrapped}
                onLink={props.onLink}
              />
            ))}
          </div>
        </div>
      </div>
      {!scroll.isFollowing && lines.length > 0 && (
        <Button
          pos="absolute"
          bottom={12}
          right={24}
          variant="filled"
          leftSection={<IconArrowDown size={14} aria-hidden />}
          onClick={toEnd}
        >
          {t('log.newest')}
        </Button>
      )}
    </Box>
  )
}

function textAt(lines: readonly RunLogLine[], index: number): string {
  const line = lines[index]
  return line ? lineText(line) : ''
}

/** Shows the line that the address points at, once it is there. */
function useJump(
  scroll: ReturnType<typeof useLogScroll>,
  lines: readonly RunLogLine[],
  layout: Uint32Array,
  target: number | null,
): void {
  const { frame, setIsFollowing, height } = scroll
  const shown = useRef<number | null>(null)
  useEffect(() => {
    const element = frame.current
    if (!element || target === null || height === 0 || shown.current === target) return
    const index = firstAfter(lines, target - 1)
    if (lines[index]?.position !== target) return
    const isFirst = shown.current === null
    shown.current = target
    const top = (layout[index] ?? 0) * ROW_PX
    if (top >= element.scrollTop && top <= element.scrollTop + height - ROW_PX && !isFirst) return
    setIsFollowing(false)
    element.scrollTop = top - height / 2
    if (isFirst) element.scrollIntoView({ block: 'center' })
  }, [frame, setIsFollowing, height, lines, layout, target])
}
