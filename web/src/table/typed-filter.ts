import { useEffect, useRef, useState } from 'react'

const PAUSE_MS = 300

/**
 * A filter that is typed: what stands in the field at once, and in the address of the page after a pause. `value` is
 * what the address says; `apply` puts a text there.
 */
export function useTypedFilter(value: string, apply: (text: string) => void) {
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const applied = useRef(value)

  useEffect(() => {
    // The address changed by itself: a link, the back button, a cleared filter.
    if (value !== applied.current) {
      applied.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  return {
    text,
    setText: (typed: string) => {
      setText(typed)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        applied.current = typed.trim()
        apply(typed.trim())
      }, PAUSE_MS)
    },
  }
}
