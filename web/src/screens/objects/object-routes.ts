/** The one filter that every list of objects has. */
export function validateName(search: Record<string, unknown>): { q?: string } {
  return typeof search.q === 'string' && search.q !== '' ? { q: search.q } : {}
}
