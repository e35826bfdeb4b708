import path from 'node:path'

/** Longest wait that a request may ask for. */
const WAIT_SECONDS = 1

/**
 * The same body, harmless: every absolute path in it leads below `root`, every address to a closed port of this
 * machine, and nothing waits for long. What cannot be read here, because it is no JSON or too deep, stays as it is: the
 * server refuses it as well.
 */
export function confined(payload: string, root: string): string {
  try {
    const value: unknown = JSON.parse(payload)
    const harmless = JSON.stringify(value, (key, item: unknown) => confinedValue(key, item, root))
    // What was harmless already keeps its form: numbers that JavaScript writes otherwise, keys that it drops.
    return harmless === JSON.stringify(value) ? payload : harmless
  } catch {
    return payload
  }
}

function confinedValue(key: string, item: unknown, root: string): unknown {
  if (key === 'waitSeconds' && typeof item === 'number' && item > WAIT_SECONDS) return WAIT_SECONDS
  if (typeof item !== 'string') return item
  if (key === 'host') return '127.0.0.1'
  if (/^\s*[a-z]+:\/\//i.test(item)) return 'http://127.0.0.1:9/'
  if (!item.trimStart().startsWith('/') || item === root || item.startsWith(`${root}/`)) {
    return item.includes('/..') && item.startsWith('/') ? path.join(root, path.normalize(item)) : item
  }
  // Normalized as an absolute path, `..` ends at the root of it.
  return path.join(root, path.normalize(item.trimStart()))
}
