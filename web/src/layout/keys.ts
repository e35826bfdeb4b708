import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { isReadAgain } from '../live/topics.ts'
import { useMe } from '../session/me.ts'
import { menuFor } from './menu.ts'
import { palette } from './palette.tsx'

/** How long after `g` the letter of a page may come. */
const PAIR_MS = 1200

/** The keys of every page: `/` and Ctrl+K find, `g` and a letter go to a page, `r` reads again, `?` helps. */
export function useKeys({ onHelp }: { onHelp(): void }): void {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { permissions } = useMe()
  const lastG = useRef(0)

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const isSecond = Date.now() - lastG.current < PAIR_MS
      lastG.current = 0
      if (isSecond) {
        const entry = menuFor(permissions).find(({ key }) => key === event.key)
        if (!entry) return
        event.preventDefault()
        void navigate({ to: entry.to })
        return
      }
      if (event.key === 'g') lastG.current = Date.now()
      else if (event.key === 'r') void queryClient.invalidateQueries({ predicate: isReadAgain })
      else if (event.key === '?') onHelp()
      else if (event.key === '/') palette.open()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [navigate, queryClient, permissions, onHelp])
}

/** Letters belong to whatever takes text, and to an open dialog or menu. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]') !==
      null
  )
}
