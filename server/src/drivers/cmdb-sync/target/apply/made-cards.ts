import { HoldfastError } from '@holdfast/contract'
import type { RelationEnd } from '../../../../clients/cmdbuild/relations.ts'
import type { CardRef, WriteValue } from '../../model/changes.ts'
import type { CardValue } from '../../model/cmdb.ts'

/** A change cannot be made, because the card of that number was not. */
export class CardNotMade {
  readonly because: number

  constructor(because: number) {
    this.because = because
  }
}

/** The cards that a plan makes, by their numbers, from the moment their making begins. */
export class MadeCards {
  /** What is settled is no promise any longer: of those, each would be kept to the end of the run. */
  readonly #begun = new Map<number, Promise<RelationEnd | null> | RelationEnd | null>()

  /** `settle` is called once, with null when it was not made. */
  begin(number: number): { settle: (made: RelationEnd | null) => void } {
    const { promise, resolve } = Promise.withResolvers<RelationEnd | null>()
    this.#begun.set(number, promise)
    const settle = (made: RelationEnd | null): void => {
      if (this.#begun.get(number) !== promise) return
      this.#begun.set(number, made)
      resolve(made)
    }
    return { settle }
  }

  /** Waits for a card that is being made. Throws {@link CardNotMade}. */
  async end(ref: CardRef): Promise<RelationEnd> {
    return 'card' in ref ? { className: ref.className, id: ref.card } : await this.#made(ref.created)
  }

  /** As {@link end}, for the values of a card. */
  async values(values: Readonly<Record<string, WriteValue>>): Promise<Record<string, CardValue>> {
    const resolved: Record<string, CardValue> = {}
    for (const [name, value] of Object.entries(values))
      resolved[name] =
        typeof value === 'object' && value !== null ? (await this.#made(value.created)).id : value
    return resolved
  }

  async #made(number: number): Promise<RelationEnd> {
    const begun = this.#begun.get(number)
    if (begun === undefined)
      throw new HoldfastError('invariant-broken', `the plan refers to card ${number} before it makes it`)
    const made = await begun
    if (made === null) throw new CardNotMade(number)
    return made
  }
}
