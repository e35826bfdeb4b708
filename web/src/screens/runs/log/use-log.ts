import type { RunLogLine } from '@holdfast/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../../../api/client.ts'
import { asProblem } from '../../../api/problem.ts'
import { notifyProblem } from '../../../problems/notify.tsx'
import { appendLive, prependOlder } from './log-lines.ts'

const BATCH = 5000

/** The lines of a log that are in the browser: what came live, and what the reader went back to. Never with a hole. */
export function useLog(runId: string, live: readonly RunLogLine[]) {
  const [lines, setLines] = useState<readonly RunLogLine[]>(live)
  const [hasStart, setHasStart] = useState(false)
  const [isLoading, setIsLoading] = useState(false)
  const isBusy = useRef(false)
  useEffect(() => setLines((before) => appendLive(before, live)), [live])
  const first = lines[0]?.position

  /** Reads back as far as a position. */
  const loadBack = useCallback(
    async (position: number) => {
      if (isBusy.current || first === undefined) return
      isBusy.current = true
      setIsLoading(true)
      try {
        const older = await readBetween(runId, Math.max(position, 0) - 1, first)
        setHasStart(older.length === 0 || position <= 0)
        setLines((before) => (before[0]?.position === first ? prependOlder(before, older) : before))
      } catch (error) {
        notifyProblem(asProblem(error))
      } finally {
        isBusy.current = false
        setIsLoading(false)
      }
    },
    [runId, first],
  )
  // The first line of a log is number 1.
  const hasOlder = first !== undefined && first > 1 && !hasStart
  return { lines, hasOlder, isLoading, loadBack }
}

async function readBetween(runId: string, after: number, before: number): Promise<RunLogLine[]> {
  const found: RunLogLine[] = []
  let last = after
  while (last < before - 1) {
    const query = { after: last, limit: Math.min(BATCH, before - 1 - last) }
    const batch = await api('GET /api/runs/{ref}/log', { params: { ref: runId }, query })
    found.push(...batch)
    const end = batch.at(-1)
    if (!end) break
    last = end.position
  }
  return found
}
