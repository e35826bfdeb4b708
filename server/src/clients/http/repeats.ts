/** How often a request that may be repeated is repeated. */
export const REPEATS = 3
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

/** Too many requests, or a proxy that does not reach the server behind it. */
const LATER = new Set([429, 502, 503, 504])
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'])

export function isForLater(status: number): boolean {
  return LATER.has(status)
}

/** Whether a connection broke that was there, at whatever moment of a request. */
export function isBroken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && BROKEN.has(error.code)) return true
  return isBroken(error.cause)
}

/**
 * How many ms to wait before a repeat: what the header Retry-After says in seconds or as a date, at most 30 s; else
 * twice as long each time. `number` counts from 1; `chance` is from 0 to 1, so that several do not come back at once.
 */
export function pauseBefore(
  number: number,
  retryAfter = '',
  { now = Date.now(), chance = Math.random() } = {},
): number {
  const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now
  if (asked >= 0) return Math.min(asked, LONGEST_PAUSE_MS)
  return FIRST_PAUSE_MS * 2 ** (number - 1) * (0.5 + chance / 2)
}
