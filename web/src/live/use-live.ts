import type { ChangeEvent } from '@holdfast/contract'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { meQuery } from '../session/me.ts'
import { liveStream } from './live-stream.ts'
import { isReadAgain, isTouched } from './topics.ts'

/** Changes come in bursts, a run alone makes dozens: what they touch is read once for all that came meanwhile. */
const COALESCE_MS = 400

/**
 * Keeps what is on screen up to date while the shell is shown. False while the connection is lost; after it is back,
 * everything on screen is read again, since nobody knows what was missed.
 */
export function useLive(): boolean {
  const queryClient = useQueryClient()
  const [isLive, setIsLive] = useState(true)
  useEffect(() => {
    const changes = coalesce(queryClient)
    const close = liveStream.watch({
      change: changes.add,
      connected: (isAgain) => {
        setIsLive(true)
        if (isAgain) void queryClient.invalidateQueries({ predicate: isReadAgain })
      },
      lost: () => {
        setIsLive(false)
        // Tells a server that is away from a session that has ended: the latter leads to the sign-in.
        void queryClient.fetchQuery({ ...meQuery, staleTime: 0, retry: false }).catch(() => undefined)
      },
    })
    return () => {
      close()
      changes.stop()
    }
  }, [queryClient])
  return isLive
}

function coalesce(queryClient: QueryClient) {
  let waiting: ChangeEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    const changes = waiting
    waiting = []
    timer = undefined
    void queryClient.invalidateQueries({ predicate: (query) => isTouched(query, changes) })
  }
  return {
    add: (change: ChangeEvent) => {
      waiting.push(change)
      timer ??= setTimeout(flush, COALESCE_MS)
    },
    stop: () => clearTimeout(timer),
  }
}
