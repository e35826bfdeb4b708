import type { CmdbDomain } from '../../model/cmdb.ts'
import type { ItemKind, LinkRule } from '../../model/inventory.ts'

const PROTECTED: ReadonlySet<ItemKind> = new Set(['machine', 'database', 'folder'])

/** Which rule a relation between two kinds is of: none for pairs that no source ever links. */
export function ruleOf(from: ItemKind, to: ItemKind): LinkRule | null {
  if (from === 'infrastructure') return to === 'infrastructure' ? null : 'in-infrastructure'
  if (from === 'job') return to === 'storage' ? 'job-on-storage' : null
  if (!PROTECTED.has(from)) return null
  if (to === 'job') return 'machine-in-job'
  // A proxy that is protected too is a machine.
  return to === 'server' || to === 'machine' ? 'machine-by-proxy' : null
}

/** Whether a domain takes a class on this side: classes that it shuts out take those below them along. */
export function takes(
  domain: CmdbDomain,
  side: 'source' | 'destination',
  lineage: readonly string[],
): boolean {
  const shut = side === 'source' ? domain.disabledSources : domain.disabledDestinations
  return lineage.includes(domain[side]) && !lineage.some((name) => shut.includes(name))
}

/** Cards that a domain relates to one card at most have their places in it, which may be taken. */
export class Places {
  readonly #sources: Set<number> | null
  readonly #destinations: Set<number> | null

  constructor({ cardinality }: CmdbDomain) {
    this.#sources = cardinality === 'N:1' || cardinality === '1:1' ? new Set() : null
    this.#destinations = cardinality === '1:N' || cardinality === '1:1' ? new Set() : null
  }

  get isLimited(): boolean {
    return this.#sources !== null || this.#destinations !== null
  }

  areFree(source: number, destination: number): boolean {
    return !this.#sources?.has(source) && !this.#destinations?.has(destination)
  }

  take(source: number, destination: number): void {
    this.#sources?.add(source)
    this.#destinations?.add(destination)
  }
}
