import { problemOf, unreachable } from './problem.ts'
import { buildRequest, type RequestParts } from './request.ts'
import type { ApiInput, ApiKey, ApiOutput, InputArgs } from './types.ts'

/** An answer with the ETag that an edit of it has to send back; null when the route has none. */
export interface Answer<T> {
  data: T
  etag: string | null
}

export interface CallOptions {
  signal?: AbortSignal
}

/** Calls a route of the contract: `api('GET /api/runs/{ref}', { params: { ref } })`. Throws ApiProblem only. */
export async function api<K extends ApiKey>(
  key: K,
  ...[input, options]: InputArgs<K, [options?: CallOptions]>
): Promise<ApiOutput<K>> {
  return (await send(key, input, options)).data
}

/** The same, with the ETag of the answer. */
export function send<K extends ApiKey>(
  key: K,
  input: ApiInput<K> | undefined,
  options: CallOptions = {},
): Promise<Answer<ApiOutput<K>>> {
  return sendRequest<ApiOutput<K>>(key, input ?? {}, options)
}

async function sendRequest<T>(key: string, input: RequestParts, options: CallOptions): Promise<Answer<T>> {
  const { url, init } = buildRequest(key, input)
  const response = await fetch(url, { ...init, ...options, credentials: 'same-origin' }).catch(
    (error: unknown) => {
      // TanStack Query aborts what nobody waits for any more and wants to see that as it is.
      if (options.signal?.aborted) throw error
      throw unreachable(error instanceof Error ? error.message : String(error))
    },
  )
  if (!response.ok) throw await problemOf(response)
  const etag = response.headers.get('etag')
  const text = await response.text()
  return { data: (text === '' ? null : JSON.parse(text)) as T, etag }
}
