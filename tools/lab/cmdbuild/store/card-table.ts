import type { HistoryRow, LabCard } from './schema-types.ts'

/**
 * Cards by id and by class. Those of a class lie in the order in which the database would find them: one that is changed
 * goes to the end, so that whoever pages without sorting loses some.
 */
export class CardTable {
  readonly #byId = new Map<number, LabCard>()
  readonly #byClass = new Map<string, Map<number, LabCard>>()
  readonly #history = new Map<number, HistoryRow[]>()
  /** By class and attribute, as far as they were asked for: ids of the cards by value. */
  readonly #unique = new Map<string, Map<unknown, number>>()

  get all(): LabCard[] {
    return [...this.#byId.values()]
  }

  byId(id: number): LabCard | undefined {
    return this.#byId.get(id)
  }

  ofClasses(names: readonly string[]): LabCard[] {
    return names.flatMap((name) => [...(this.#byClass.get(name)?.values() ?? [])])
  }

  /** Rows that updates and the deletion left, the newest first; also of a card that is gone. */
  historyOf(id: number): readonly HistoryRow[] {
    return this.#history.get(id)?.toReversed() ?? []
  }

  /** Id of another card of the class, and of it alone, with that value. */
  withValue(className: string, attribute: string, value: unknown): number | undefined {
    const key = `${className}.${attribute}`
    const known = this.#unique.get(key)
    if (known) return known.get(value)
    const index = new Map<unknown, number>()
    for (const card of this.ofClasses([className])) index.set(card.values[attribute] ?? null, card.id)
    this.#unique.set(key, index)
    return index.get(value)
  }

  put(card: LabCard): void {
    const before = this.#byId.get(card.id)
    if (before) this.#keep({ card: before, endedAt: card.beganAt, status: 'U' })
    this.#indexed(before, card)
    const ofClass = this.#byClass.get(card.className) ?? new Map<number, LabCard>()
    this.#byClass.set(card.className, ofClass)
    ofClass.delete(card.id)
    ofClass.set(card.id, card)
    this.#byId.set(card.id, card)
  }

  remove(id: number, endedAt: string): void {
    const card = this.#byId.get(id)
    if (!card) return
    this.#keep({ card, endedAt, status: 'N' })
    this.#indexed(card, undefined)
    this.#byClass.get(card.className)?.delete(id)
    this.#byId.delete(id)
  }

  #keep(row: HistoryRow): void {
    const rows = this.#history.get(row.card.id) ?? []
    this.#history.set(row.card.id, rows)
    rows.push(row)
  }

  #indexed(before: LabCard | undefined, after: LabCard | undefined): void {
    const className = before?.className ?? after?.className
    for (const [key, index] of this.#unique) {
      const [ofClass, attribute = ''] = key.split('.')
      if (ofClass !== className) continue
      if (before) index.delete(before.values[attribute] ?? null)
      if (after) index.set(after.values[attribute] ?? null, after.id)
    }
  }
}
