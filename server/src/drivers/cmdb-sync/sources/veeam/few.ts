const MOST = 5

/** The first few of some names, for a sentence. */
export function few(names: readonly string[]): string {
  const different = [...new Set(names)].sort()
  return different.length > MOST ? `${different.slice(0, MOST).join(', ')} ...` : different.join(', ')
}
