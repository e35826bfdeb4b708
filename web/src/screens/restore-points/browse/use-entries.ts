import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { send } from '../../../api/client.ts'
import type { ApiProblem } from '../../../api/problem.ts'
import type { ApiOutput } from '../../../api/types.ts'

type EntryPage = ApiOutput<'GET /api/restore-points/{ref}/entries'>

const PAGE_SIZE = 200

/**
 * What is in one folder of a restore point. A worker reads it, and a disk may have to be mounted for that: so it is read
 * once only, never again by itself, and can be given up. What a restore point holds does not change.
 */
export function useEntries(ref: string, path: string, isEnabled: boolean) {
  const queryClient = useQueryClient()
  const queryKey = ['point-entries', ref, path]
  const result = useInfiniteQuery<EntryPage, ApiProblem, { pages: EntryPage[] }, string[], string | null>({
    queryKey,
    queryFn: async ({ pageParam, signal }) => {
      const query = { path, limit: PAGE_SIZE, ...(pageParam === null ? {} : { after: pageParam }) }
      const input = { params: { ref }, query }
      return (await send('GET /api/restore-points/{ref}/entries', input, { signal })).data
    },
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    enabled: isEnabled,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    retryOnMount: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  return {
    entries: result.data?.pages.flatMap(({ items }) => items),
    error: result.error,
    isReading: result.isFetching,
    isReadingMore: result.isFetchingNextPage,
    hasMore: result.hasNextPage,
    more: () => void result.fetchNextPage(),
    retry: () => void (result.data ? result.fetchNextPage() : result.refetch()),
    cancel: () => void queryClient.cancelQueries({ queryKey }),
  }
}
