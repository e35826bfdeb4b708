/**
 * Does pieces of work side by side. The first that fails ends the others, and its error is thrown once they have
 * stopped: nothing goes on behind the back of whoever called.
 */
export async function together<One, Result>(
  all: Iterable<One>,
  signal: AbortSignal,
  work: (one: One, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const works = [...all].map((one) => work(one, either))
  try {
    return await Promise.all(works)
  } catch (error) {
    stop.abort(error)
    await Promise.allSettled(works)
    throw error
  }
}
