const KEYS = ['by', 'action', 'object', 'objectId', 'from', 'to'] as const

/** Filters of the audit as they stand in the address of the page. `by` as the entries say it: `user:anna`. */
export type AuditSearch = { [K in (typeof KEYS)[number]]?: string }

export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const entries = KEYS.map((key) => [key, search[key]] as const)
  return Object.fromEntries(
    entries.filter(
      (entry): entry is readonly [(typeof KEYS)[number], string] =>
        typeof entry[1] === 'string' && entry[1] !== '' && (!INSTANTS.has(entry[0]) || isInstant(entry[1])),
    ),
  )
}

/** What the server is asked: a person is found by their API tokens as well. */
export function auditQuery({ by, ...search }: AuditSearch): AuditSearch & { user?: string } {
  if (by === undefined) return search
  return by.startsWith('user:') ? { ...search, user: by.slice('user:'.length) } : { ...search, by }
}

const INSTANTS: ReadonlySet<string> = new Set(['from', 'to'])
const isInstant = (text: string) => !Number.isNaN(Date.parse(text))
