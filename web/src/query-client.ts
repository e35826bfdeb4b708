import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { type ApiProblem, asProblem, isProblem } from './api/problem.ts'

interface Handlers {
  /** The session has ended, or there never was one. */
  signedOut(): void
  /** A change failed and no page shows why. */
  changeFailed(problem: ApiProblem): void
}

export function createQueryClient(handlers: Handlers): QueryClient {
  const watch = (error: unknown) => {
    if (isProblem(error, 'not-signed-in')) handlers.signedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        watch(error)
        if (!mutation.meta?.showsProblem && !isProblem(error, 'not-signed-in'))
          handlers.changeFailed(asProblem(error))
      },
    }),
    defaultOptions: {
      queries: {
        // Live hints say when something has changed; this bounds how old a page gets without them.
        staleTime: 30_000,
        // What was seen before stands there at once on the way back, also while the server is away.
        gcTime: 30 * 60_000,
        retry: (count, error) => count < 2 && isWorthRepeating(error),
      },
      // A POST bears a fresh idempotency key for each call, so a repetition by itself would do it twice.
      mutations: { retry: false },
    },
  })
}

function isWorthRepeating(error: unknown): boolean {
  const { status } = asProblem(error)
  return status === 0 || status === 429 || status >= 502
}
