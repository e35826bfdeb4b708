/** Number of single-letter edits (insert, delete, replace, swap of neighbours) between two words. */
export function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforePrevious[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.length] ?? 0
}

/** The candidate somebody most likely meant, or null when none is near enough to be worth a guess. */
export function nearestWord(word: string, candidates: readonly string[]): string | null {
  const wanted = word.toLowerCase()
  const allowed = Math.max(1, Math.floor(wanted.length / 3))
  let best: { candidate: string; distance: number } | null = null
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance <= allowed && (!best || distance < best.distance)) best = { candidate, distance }
  }
  return best?.candidate ?? null
}

/** The sentence that ends an "unknown ..." message: the likely word, else everything that would be valid. */
export function suggestion(word: string, candidates: readonly string[]): string | null {
  const nearest = nearestWord(word, candidates)
  if (nearest !== null) return `Did you mean \`${nearest}\`?`
  return candidates.length > 0 ? `Use one of: ${candidates.join(', ')}.` : null
}
