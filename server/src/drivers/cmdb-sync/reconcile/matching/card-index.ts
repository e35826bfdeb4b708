import type { Cmdb, CmdbCard } from '../../model/cmdb.ts'
import { comparedAddress, comparedName, firstLabel } from './names.ts'

type Form = 'text' | 'name' | 'address' | 'label'

const FORMS: Readonly<Record<Form, (value: string) => string | null>> = {
  text: (value) => value,
  name: comparedName,
  address: comparedAddress,
  label: (value) => firstLabel(comparedName(value)),
}

const NONE: readonly CmdbCard[] = []

/** Cards that are nobody's yet, by what stands in one attribute; made when first asked for, which a quiet run never does. */
export class CardIndex {
  readonly #cards: Cmdb['cards']
  readonly #isOpen: (card: CmdbCard) => boolean
  readonly #indexes = new Map<string, Map<string, CmdbCard | CmdbCard[]>>()

  constructor(cards: Cmdb['cards'], isOpen: (card: CmdbCard) => boolean) {
    this.#cards = cards
    this.#isOpen = isOpen
  }

  find(className: string, attribute: string, form: Form, wanted: string): readonly CmdbCard[] {
    const found = this.#index(className, attribute, form).get(wanted)
    if (found === undefined) return NONE
    return (Array.isArray(found) ? found : [found]).filter(this.#isOpen)
  }

  #index(className: string, attribute: string, form: Form): Map<string, CmdbCard | CmdbCard[]> {
    const name = `${className}\n${attribute}\n${form}`
    const there = this.#indexes.get(name)
    if (there !== undefined) return there
    const made = new Map<string, CmdbCard | CmdbCard[]>()
    for (const card of this.#cards.get(className) ?? NONE) {
      const value = card.values[attribute]
      if (typeof value !== 'string' || !this.#isOpen(card)) continue
      const compared = FORMS[form](value)
      if (compared === null || compared === '') continue
      const others = made.get(compared)
      if (others === undefined) made.set(compared, card)
      else if (Array.isArray(others)) others.push(card)
      else made.set(compared, [others, card])
    }
    this.#indexes.set(name, made)
    return made
  }
}
