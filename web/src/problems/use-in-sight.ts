import { type RefObject, useEffect, useRef } from 'react'

/** Brings what has just appeared into sight: the answer to a button at the end of a long page. Not for `isOn` false. */
export function useInSight(isOn = true): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isOn) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [isOn])
  return ref
}
