import { LineBuffer, type LogOutput, type OnTrouble } from './output.ts'

export interface Loki {
  /** Base address, such as `http://loki.example.org:3100`. */
  url: string
  /** `user:password`, or a token that is sent as a bearer; null for neither. */
  credentials: string | null
  host: string
}

const MOST_WAITING = 4 * 1024 * 1024
const MOST_SENT = 512 * 1024
const PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000
const ANSWER_MS = 10_000
const CLOSING_MS = 3000

/**
 * Pushes lines to Grafana Loki in batches, one request at a time. A batch that Loki cannot take now is sent again, with
 * growing pauses, while up to 4 MiB wait behind it; one that Loki refuses is given up.
 */
export function lokiOutput(loki: Loki, onTrouble: OnTrouble): LogOutput {
  const waiting = new LineBuffer(MOST_WAITING)
  const endpoint = new URL('loki/api/v1/push', loki.url.endsWith('/') ? loki.url : `${loki.url}/`)
  const headers = { 'content-type': 'application/json', ...authorization(loki.credentials) }
  let batch: string[] = []
  let pauseMs = PAUSE_MS
  let timer: NodeJS.Timeout | undefined
  let busy: Promise<void> = Promise.resolve()
  let isClosed = false

  const schedule = () => {
    if (isClosed) return
    timer ??= setTimeout(() => {
      timer = undefined
      busy = pushAll(ANSWER_MS)
    }, pauseMs).unref()
  }

  const pushAll = async (answerMs: number): Promise<void> => {
    while (batch.length > 0 || !waiting.isEmpty) {
      if (batch.length === 0) batch = waiting.take(MOST_SENT)
      const problem = await push(endpoint, headers, bodyOf(batch, loki.host), answerMs)
      if (problem) onTrouble(`Loki did not take the log: ${problem.message}`)
      if (problem?.isPassing) {
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
        schedule()
        return
      }
      batch = []
      pauseMs = PAUSE_MS
      const dropped = waiting.droppedSince()
      if (dropped > 0) onTrouble(`${dropped} log lines were not sent to Loki, as too many waited`)
    }
  }

  return {
    write(line) {
      if (isClosed) return
      waiting.push(line)
      schedule()
    },
    saveNow() {},
    async close() {
      isClosed = true
      clearTimeout(timer)
      const limit = new Promise<void>((resolve) => setTimeout(resolve, CLOSING_MS).unref())
      await Promise.race([busy.then(() => pushAll(CLOSING_MS)), limit])
    },
  }
}

function authorization(credentials: string | null): Record<string, string> {
  if (credentials === null) return {}
  if (!credentials.includes(':')) return { authorization: `Bearer ${credentials}` }
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}

interface PushProblem {
  message: string
  /** Worth another try with the same lines. */
  isPassing: boolean
}

async function push(
  endpoint: URL,
  headers: Record<string, string>,
  body: string,
  answerMs: number,
): Promise<PushProblem | null> {
  try {
    const signal = AbortSignal.timeout(answerMs)
    const response = await fetch(endpoint, { method: 'POST', headers, body, signal, redirect: 'error' })
    await response.body?.cancel()
    if (response.ok) return null
    const isPassing = response.status === 429 || response.status >= 500
    return { message: `it answered ${response.status}`, isPassing }
  } catch (error) {
    const { cause, message } = error as Error
    return { message: cause instanceof Error ? cause.message : message, isPassing: true }
  }
}

/** One stream for each level. A counter in the nanoseconds keeps lines of the same millisecond in order. */
function bodyOf(lines: readonly string[], host: string): string {
  const streams = new Map<string, [string, string][]>()
  for (const [index, line] of lines.entries()) {
    const { level, ms } = readLine(line)
    const values = streams.get(level) ?? []
    values.push([`${ms}${String(index % 1_000_000).padStart(6, '0')}`, line.trimEnd()])
    streams.set(level, values)
  }
  return JSON.stringify({
    streams: [...streams].map(([level, values]) => ({ stream: { app: 'holdfast', host, level }, values })),
  })
}

function readLine(line: string): { level: string; ms: number } {
  try {
    const { level, time } = JSON.parse(line) as { level?: unknown; time?: unknown }
    const ms = Date.parse(String(time))
    if (typeof level === 'string' && Number.isFinite(ms)) return { level, ms }
  } catch {
    // A line that masking has spoiled still goes.
  }
  return { level: 'info', ms: Date.now() }
}
