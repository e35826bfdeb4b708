const KEY = 'holdfast.reloads'
const PAUSE_MS = 60_000

/** Whether the server answers, and not only a proxy in front of it. */
export async function isServerBack(): Promise<boolean> {
  const answer = await fetch('/api/setup', { cache: 'no-store' }).catch(() => null)
  return answer?.ok === true
}

/**
 * Whether to load the page anew for what is missing: not again within a minute, so that a file which never comes does not
 * keep the page reloading. Remembers that it was said.
 */
export function mayReload(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  missing: string,
  nowMs: number,
): boolean {
  const known = read(storage.getItem(KEY))
  if (nowMs - (known[missing] ?? Number.NEGATIVE_INFINITY) < PAUSE_MS) return false
  storage.setItem(KEY, JSON.stringify({ ...known, [missing]: nowMs }))
  return true
}

function read(text: string | null): Record<string, number> {
  try {
    return JSON.parse(text ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}
