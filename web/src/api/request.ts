/** The parts of a request as callers give them; types.ts says which of them a route takes. */
export interface RequestParts {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  ifMatch?: string | null
}

/** Method, address and headers of a request. An undefined, null or empty query value is left out; a list is repeated. */
export function buildRequest(
  key: string,
  input: RequestParts,
): { url: string; init: { method: string; headers: Record<string, string>; body?: string } } {
  const space = key.indexOf(' ')
  const method = key.slice(0, space)
  const path = key.slice(space + 1).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = input.params?.[name]
    if (value === undefined) throw new TypeError(`${key} needs ${name}`)
    return encodeURIComponent(String(value))
  })
  const headers: Record<string, string> = { accept: 'application/json' }
  if (input.body !== undefined) headers['content-type'] = 'application/json'
  if (method === 'POST') headers['idempotency-key'] = randomKey()
  if (input.ifMatch !== undefined && input.ifMatch !== null) headers['if-match'] = input.ifMatch
  const init = { method, headers }
  return {
    url: path + queryText(input.query ?? {}),
    init: input.body === undefined ? init : { ...init, body: JSON.stringify(input.body) },
  }
}

export function queryText(query: Record<string, unknown>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') parameters.append(name, String(one))
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

/** 128 random bits as hex. `crypto.randomUUID` is missing on a page that came over plain HTTP. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
