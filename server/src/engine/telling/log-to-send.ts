import type { NotificationSpec, NotifiedRunEvent } from '@holdfast/contract'
import { runLogText } from '../../kit/text/run-log-text.ts'
import type { RunStore } from '../ports.ts'

/** More than this no mail takes along. The end tells more than the beginning: it has three quarters. */
export const MOST_LOG_BYTES = 1024 * 1024
const PAGE = 2000

/** Events of a run that are no problem. */
const FINE: ReadonlySet<NotifiedRunEvent> = new Set(['started', 'success'])

/** Whether the log of the run goes along. That of a run that has just begun says nothing yet. */
export function takesLog(spec: NotificationSpec, event: NotifiedRunEvent): boolean {
  if (spec.kind !== 'mail' || event === 'started') return false
  return spec.attachLog === 'always' || (spec.attachLog === 'on-problem' && !FINE.has(event))
}

/**
 * The log of a run as text, at most `most` bytes of UTF-8: of a longer one the beginning and the end, with a line between
 * them that says how many are left out. Null where the run has none.
 */
export async function logToSend(
  runs: Pick<RunStore, 'log'>,
  runId: string,
  most = MOST_LOG_BYTES,
): Promise<string | null> {
  const room = most - leftOutText(runId, Number.MAX_SAFE_INTEGER).length
  const head: string[] = []
  const tail: string[] = []
  let headRoom = Math.floor(room / 4)
  let tailBytes = 0
  let leftOut = 0
  for await (const text of linesOf(runs, runId)) {
    const size = Buffer.byteLength(text)
    if (tail.length === 0 && leftOut === 0 && size <= headRoom) {
      head.push(text)
      headRoom -= size
      continue
    }
    tail.push(text)
    tailBytes += size
    while (tailBytes > room - Math.floor(room / 4)) {
      tailBytes -= Buffer.byteLength(tail.shift() ?? '')
      leftOut += 1
    }
  }
  if (head.length === 0 && tail.length === 0 && leftOut === 0) return null
  return [...head, ...(leftOut > 0 ? [leftOutText(runId, leftOut)] : []), ...tail].join('')
}

function leftOutText(runId: string, count: number): string {
  return `[${count} lines are left out here; holdfast logs ${runId} shows all]\n`
}

async function* linesOf(runs: Pick<RunStore, 'log'>, runId: string): AsyncGenerator<string> {
  let after = -1
  for (;;) {
    const lines = await runs.log(runId, after, PAGE)
    for (const line of lines) yield runLogText(line)
    const last = lines.at(-1)
    if (!last || lines.length < PAGE) return
    after = last.position
  }
}
