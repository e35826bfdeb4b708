const FIRST_MS = 1000
const LONGEST_MS = 30_000

/** How long to wait before the next try to connect: doubles, with up to a quarter of chance so that not all come at once. */
export function backOffMs(failures: number, random = Math.random()): number {
  const wait = Math.min(FIRST_MS * 2 ** Math.max(failures - 1, 0), LONGEST_MS)
  return Math.round(wait * (1 + random / 4))
}
