import type { Item, ItemKind } from '../../model/inventory.ts'
import { comparedName, comparedNames } from './names.ts'

/** Kinds of which one thing may be two items: a machine that was registered anew, a server that is a machine too. */
export const TWINS: ReadonlySet<ItemKind> = new Set(['server', 'machine'])

/** Finds, among items that have their cards, what an item without one is hardly different from. */
export class Twins {
  readonly #known: Iterable<Item>
  readonly #byHome = new Map<string, Item>()
  readonly #byName = new Map<string, Item[]>()
  #isIndexed = false

  constructor(known: Iterable<Item>) {
    this.#known = known
  }

  /** When first asked, which a quiet run never does. */
  #index(): void {
    if (this.#isIndexed) return
    this.#isIndexed = true
    for (const item of this.#known) {
      const home = homeKey(item)
      if (home !== null) this.#byHome.set(home, item)
      const { full, short } = comparedNames(item.evidence.names)
      for (const name of new Set([...full, ...short])) {
        const others = this.#byName.get(name)
        if (others === undefined) this.#byName.set(name, [item])
        else others.push(item)
      }
    }
  }

  of(item: Item): Item | null {
    this.#index()
    const home = homeKey(item)
    return (home === null ? undefined : this.#byHome.get(home)) ?? this.#inOtherRole(item)
  }

  /** A server and a machine of one name, unless both are in domains and these differ. */
  #inOtherRole(item: Item): Item | null {
    const { full, short } = comparedNames(item.evidence.names)
    const others = [...full, ...short].flatMap((name) => this.#byName.get(name) ?? [])
    return others.find((other) => other.kind !== item.kind && !differ(full, other)) ?? null
  }
}

function differ(full: readonly string[], other: Item): boolean {
  const theirs = comparedNames(other.evidence.names).full
  return full.length > 0 && theirs.length > 0 && !full.some((name) => theirs.includes(name))
}

function homeKey({ kind, home, name }: Item): string | null {
  return home === undefined || home === null ? null : `${kind}\n${home}\n${comparedName(name)}`
}
