type Texts = { readonly [key: string]: string | Texts }

/**
 * Adds `key_many` where only `key_other` is written. Italian, French and Spanish have a form of their own for exact
 * millions (`1 000 000 de fichiers`); no count here comes near, and the general form is understood.
 */
export function completePlurals<T extends Texts>(texts: T): T {
  const complete: Record<string, string | Texts> = {}
  for (const [key, value] of Object.entries(texts)) {
    complete[key] = typeof value === 'string' ? value : completePlurals(value)
    const many = key.replace(/_other$/, '_many')
    if (many !== key && !(many in texts)) complete[many] = value
  }
  return complete as T
}
