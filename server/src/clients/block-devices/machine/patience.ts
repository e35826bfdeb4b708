import { setTimeout } from 'node:timers/promises'
import { canceledError, throwIfCanceled } from '../../../kit/exec.ts'

/**
 * Waits for a program that asks a disk, but no longer than `patienceMs`: one that waits for a dying disk cannot even be
 * killed, so it is left alone and the answer is null. Throws what `signal` was fired with as soon as it fires.
 */
export async function withPatience<T>(
  work: Promise<T>,
  patienceMs: number,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  // Whichever comes second is no news to anybody.
  work.catch(() => {})
  if (signal) throwIfCanceled(signal)
  const done = new AbortController()
  const until = signal ? AbortSignal.any([signal, done.signal]) : done.signal
  const pause = setTimeout(patienceMs, null, { signal: until, ref: false })
  try {
    return await Promise.race([work, pause])
  } catch (error) {
    if (signal?.aborted) throw canceledError(signal)
    throw error
  } finally {
    done.abort()
    pause.catch(() => {})
  }
}
