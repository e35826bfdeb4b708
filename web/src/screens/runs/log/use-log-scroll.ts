import type { RunLogLine } from '@holdfast/contract'
import { useElementSize } from '@mantine/hooks'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { firstAfter } from './log-lines.ts'
import type { LogLayout } from './log-window.ts'

export const ROW_PX = 18

/** The frame a log is scrolled in: its size, where it is, and that it stays at the end while the reader is there. */
export function useLogScroll() {
  const { ref: sizeRef, width, height } = useElementSize<HTMLDivElement>()
  const frame = useRef<HTMLDivElement | null>(null)
  const [top, setTop] = useState(0)
  const [isFollowing, setIsFollowing] = useState(true)
  const ref = useCallback(
    (element: HTMLDivElement | null) => {
      frame.current = element
      sizeRef(element)
    },
    [sizeRef],
  )
  const onScroll = () => {
    const element = frame.current
    if (!element) return
    setTop(element.scrollTop)
    setIsFollowing(element.scrollTop + element.clientHeight >= element.scrollHeight - ROW_PX)
  }
  return { ref, frame, width, height, top, isFollowing, setIsFollowing, onScroll }
}

/** Keeps the end in view while it is followed, and what is read in place when older lines come before it. */
export function useSteadyView(
  scroll: ReturnType<typeof useLogScroll>,
  shown: readonly RunLogLine[],
  layout: LogLayout,
  oldest: number | undefined,
): void {
  const { frame, isFollowing } = scroll
  const before = useRef(oldest)
  const rows = layout.at(-1) ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new layout is what it waits for
  useLayoutEffect(() => {
    const element = frame.current
    const previous = before.current
    before.current = oldest
    if (!element) return
    if (isFollowing) element.scrollTop = element.scrollHeight
    else if (previous !== undefined && oldest !== undefined && oldest < previous)
      element.scrollTop += (layout[firstAfter(shown, previous - 1)] ?? 0) * ROW_PX
  }, [rows, oldest, isFollowing, scroll.height])
}
