import type { Page } from '@holdfast/contract'
import {
  type InfiniteData,
  keepPreviousData,
  queryOptions,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import { type Answer, send } from './client.ts'
import type { ApiProblem } from './problem.ts'
import type { RequestParts } from './request.ts'
import type {
  ApiInput,
  ApiOutput,
  ChangeKey,
  GetKey,
  InputArgs,
  PagedKey,
  PageItem,
  TaggedKey,
} from './types.ts'

/** What `useApi` lets a caller decide. Live events invalidate what is on screen, so nothing has to be polled. */
export interface ReadOptions {
  /** False while the input is not complete yet. */
  enabled?: boolean
  /** Shows what the input before gave while the new one loads. */
  keepPrevious?: boolean
  refetchInterval?: number | false
}

/** Query key of a route: the live connection finds by it what to read again. */
export function apiQuery<K extends GetKey>(key: K, input?: ApiInput<K>) {
  return queryOptions<ApiOutput<K>, ApiProblem>({
    queryKey: [key, input ?? {}],
    queryFn: async ({ signal }) => (await send(key, input, { signal })).data,
  })
}

/** `useApi('GET /api/runs/{ref}', { params: { ref } })`: data, error (an ApiProblem), isPending ... */
export function useApi<K extends GetKey>(
  key: K,
  ...[input, options]: InputArgs<K, [options?: ReadOptions]>
): UseQueryResult<ApiOutput<K>, ApiProblem> {
  const { keepPrevious, ...rest } = options ?? {}
  const previous = { placeholderData: keepPreviousData } as Pick<
    ReturnType<typeof apiQuery<K>>,
    'placeholderData'
  >
  return useQuery({ ...apiQuery(key, input), ...rest, ...(keepPrevious ? previous : {}) })
}

/**
 * The same with the ETag, for what is edited: `data` is `{ data, etag }`. Not read again by itself while the page is
 * open, so that a form does not change under the hands of who fills it in.
 */
export function useEditable<K extends TaggedKey>(key: K, input: ApiInput<K>, options: ReadOptions = {}) {
  return useQuery<Answer<ApiOutput<K>>, ApiProblem>({
    queryKey: ['edit', key, input],
    queryFn: ({ signal }) => send(key, input, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
    ...options,
  })
}

/** A paged list. `items` holds every page that was read; `more` reads the next one. */
export function usePages<K extends PagedKey>(key: K, input?: ApiInput<K>, options: ReadOptions = {}) {
  const parts: RequestParts = input ?? {}
  const read = async (after: string | null, signal: AbortSignal) => {
    const answer = await send(key, { ...parts, query: { ...parts.query, after } } as ApiInput<K>, { signal })
    return answer.data as Page<PageItem<K>>
  }
  return usePageQuery([key, parts, 'pages'], read, options)
}

function usePageQuery<T>(
  queryKey: readonly unknown[],
  read: (after: string | null, signal: AbortSignal) => Promise<Page<T>>,
  { keepPrevious, ...rest }: ReadOptions,
) {
  const result = useInfiniteQuery<
    Page<T>,
    ApiProblem,
    InfiniteData<Page<T>>,
    readonly unknown[],
    string | null
  >({
    queryKey,
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    getNextPageParam: (page) => page.next,
    ...rest,
    ...(keepPrevious === false ? {} : { placeholderData: keepPreviousData }),
  })
  return {
    items: result.data?.pages.flatMap((page) => page.items),
    error: result.error,
    isPending: result.isPending,
    isFetching: result.isFetching,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    more: () => void result.fetchNextPage(),
    retry: () => void result.refetch(),
  }
}

/** `const stop = useChange('POST /api/runs/{ref}/cancel')`, then `stop.mutate({ params: { ref } })`. */
export function useChange<K extends ChangeKey>(
  key: K,
  options: {
    onDone?(data: ApiOutput<K>, input: ApiInput<K>): void
    /** True: the caller shows the problem; otherwise a notification does. */
    showsProblem?: boolean
  } = {},
) {
  return useMutation<ApiOutput<K>, ApiProblem, ApiInput<K>>({
    mutationFn: async (input) => (await send(key, input)).data,
    meta: { showsProblem: options.showsProblem ?? false },
    ...(options.onDone ? { onSuccess: (data, input) => options.onDone?.(data, input) } : {}),
  })
}
