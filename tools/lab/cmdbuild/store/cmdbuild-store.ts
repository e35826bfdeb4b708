import { afterTriggers, type CardRules, checkRow, takenValues, type Writer } from './card-rules.ts'
import { CardTable } from './card-table.ts'
import { LabClock } from './clock.ts'
import { badArgument, daoError, duplicateKey, notFound } from './lab-error.ts'
import { LabSchema } from './lab-schema.ts'
import { LabLookups } from './lookups.ts'
import { RelationTable } from './relation-table.ts'
import type {
  ClassRights,
  HistoryRow,
  LabAttribute,
  LabCard,
  LabClass,
  LabDomain,
  LabLookup,
  LabRelation,
  LabValue,
  LabValues,
} from './schema-types.ts'

const ALL_RIGHTS = { canRead: true, canCreate: true, canUpdate: true, canDelete: true }

type Sent = Readonly<Record<string, unknown>>

/**
 * The database behind the simulator: its tables with the rules that the real one keeps. Tests look into it and change it
 * by hand; lookups may be given by their code there too.
 */
export class CmdbuildStore {
  readonly schema = new LabSchema()
  readonly clock = new LabClock()
  readonly lookups: LabLookups
  readonly version: '3.3' | '4.2'
  #user = 'admin'
  readonly #cards = new CardTable()
  readonly #relations = new RelationTable()
  #lastId = 100_000
  #revision = 0

  constructor(version: '3.3' | '4.2' = '4.2') {
    this.version = version
    this.lookups = new LabLookups(() => this.#nextId())
  }

  /** Grows with every change of cards, relations and schema that is made through here. */
  get revision(): number {
    return this.#revision
  }

  /** What is written meanwhile is that user's; whatever a test does by hand is of `admin`. */
  as<Result>(user: string, work: () => Result): Result {
    const before = this.#user
    this.#user = user
    try {
      return work()
    } finally {
      this.#user = before
    }
  }

  /** Those of the class and of all below it. */
  cards(className: string): LabCard[] {
    return this.#cards.ofClasses(this.schema.family(className))
  }

  findCard(id: number): LabCard | undefined {
    return this.#cards.byId(id)
  }

  card(id: number): LabCard {
    const found = this.#cards.byId(id)
    if (!found) throw notFound(`card not found with id = ${id}`)
    return found
  }

  /** Values of a card with lookups and references by their codes; those that are null are left out. */
  shown(id: number): Record<string, LabValue> {
    const { className, values } = this.card(id)
    const attributes = this.schema.attributesOf(className)
    return Object.fromEntries(
      Object.entries(values)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => {
          const type = attributes.get(name)?.type
          if (type === 'lookup') return [name, this.lookups.byId(Number(value))?.code ?? null]
          if (type === 'reference') return [name, this.findCard(Number(value))?.values.Code ?? null]
          return [name, value]
        }),
    )
  }

  history(id: number): readonly HistoryRow[] {
    return this.#cards.historyOf(id)
  }

  relations(domain: string): LabRelation[] {
    return this.#relations.ofDomain(this.schema.domainOf(domain).name)
  }

  relation(id: number): LabRelation {
    const found = this.#relations.byId(id)
    if (!found) throw notFound('relation not found')
    return found
  }

  relationsOf(card: number): LabRelation[] {
    return this.#relations.ofCard(card)
  }

  /** Returns the id. */
  addCard(className: string, values: Sent): number {
    return this.createCard(className, values, 'hand').id
  }

  setCard(id: number, values: Sent): void {
    this.updateCard(id, values, 'hand')
  }

  addRelation(domain: string, source: number, destination: number): number {
    return this.createRelation(domain, source, destination).id
  }

  /** Its type is made too where it is new. */
  addLookup(type: string, code: string, description = code): LabLookup {
    if (!this.lookups.hasType(type)) this.addLookupType(type)
    return this.addLookupValue(type, code, description)
  }

  addLookupType(type: string): void {
    this.lookups.addType(type)
    this.#revision += 1
  }

  addLookupValue(type: string, code: string, description: string, isActive = true): LabLookup {
    const added = this.lookups.add(type, code, description, isActive)
    this.#revision += 1
    return added
  }

  /** With all rights. */
  addClass(added: Omit<LabClass, 'rights'>): void {
    this.schema.addClass({ ...added, rights: ALL_RIGHTS })
    this.#revision += 1
  }

  /** A reference gets the values that relations of its domain imply. */
  addAttribute(className: string, attribute: LabAttribute): void {
    if (attribute.isMandatory && this.cards(className).length > 0)
      throw daoError(`ERROR: column "${attribute.name}" of relation "${className}" contains null values`)
    this.schema.setAttribute(className, attribute)
    this.#revision += 1
    if (attribute.domain === undefined) return
    for (const relation of this.relations(attribute.domain)) this.#followRelation(relation, true)
  }

  addDomain(domain: LabDomain): void {
    this.schema.addDomain(domain)
    this.#revision += 1
  }

  setRights(className: string, rights: Partial<ClassRights>): void {
    this.schema.setRights(className, rights)
    this.#revision += 1
  }

  /** For the class, and those below it that say nothing of their own. */
  setAttribute(className: string, name: string, change: Partial<LabAttribute>): void {
    this.schema.changeAttribute(className, name, change)
    this.#revision += 1
  }

  removeAttribute(className: string, name: string): void {
    this.schema.removeAttribute(className, name)
    this.#revision += 1
  }

  setDomain(name: string, change: Partial<LabDomain>): void {
    this.schema.changeDomain(name, change)
    this.#revision += 1
  }

  createCard(className: string, sent: Sent, writer: Writer): LabCard {
    if (this.schema.classOf(className).isPrototype)
      throw badArgument(`cannot create card for superclass = ${className}`)
    const taken = takenValues(this.#rules, className, sent, { right: 'canCreate', writer })
    checkRow(this.#rules, className, null, taken)
    const card = this.#put(this.#nextId(), className, taken)
    this.#followReferences(card, {})
    return this.card(card.id)
  }

  /** Values that are sent go over those that stand; nothing is written where they are the same. */
  updateCard(id: number, sent: Sent, writer: Writer): LabCard {
    const before = this.card(id)
    const { className } = before
    const taken = takenValues(this.#rules, className, sent, { right: 'canUpdate', writer })
    const isSame = Object.entries(taken).every(([name, value]) => value === (before.values[name] ?? null))
    if (isSame) return before
    const merged = { ...before.values, ...taken }
    checkRow(this.#rules, className, id, merged)
    this.#followReferences(this.#put(id, className, merged), before.values)
    return this.card(id)
  }

  /** What is related goes, loses its reference, or forbids it, as each domain says. */
  deleteCard(id: number): void {
    const card = this.card(id)
    const ends = this.#relations.ofCard(id).map((relation) => {
      const domain = this.schema.domainOf(relation.domain)
      return { relation, cascade: relation.sourceId === id ? domain.cascadeDirect : domain.cascadeInverse }
    })
    const forbidding = ends.find(({ cascade }) => cascade === 'restrict')
    if (forbidding)
      throw daoError(`reference integrity violation for delete of ${card.className} ${id}`, '205')
    for (const { relation, cascade } of ends) {
      const other = relation.sourceId === id ? relation.destinationId : relation.sourceId
      this.#drop(relation)
      if (cascade === 'delete' && this.findCard(other)) this.deleteCard(other)
    }
    this.#cards.remove(id, this.clock.stamp())
    this.#revision += 1
  }

  createRelation(domainName: string, sourceId: number, destinationId: number): LabRelation {
    const domain = this.schema.domainOf(domainName)
    this.#checkEnd(domain, sourceId, 'source')
    this.#checkEnd(domain, destinationId, 'destination')
    const broken = this.#relations.broken(domain, sourceId, destinationId)
    if (broken) throw duplicateRelation(domain, broken, sourceId, destinationId)
    return this.#relate(domain.name, sourceId, destinationId)
  }

  deleteRelation(id: number): void {
    this.#drop(this.relation(id))
  }

  /** Everything that clients can change, by id and by name, for comparing. */
  snapshot(): unknown {
    const byId = (a: { id: number }, b: { id: number }) => a.id - b.id
    return {
      cards: this.#cards.all.sort(byId),
      relations: this.#relations.all.sort(byId),
      classes: this.schema.classes.map((one) => ({
        ...one,
        attributes: [...this.schema.attributesOf(one.name).values()],
      })),
      domains: this.schema.domains,
      lookups: Object.fromEntries(this.lookups.types.map((type) => [type, this.lookups.valuesOf(type)])),
    }
  }

  get #rules(): CardRules {
    const { schema, lookups, version } = this
    return { schema, lookups, cards: this.#cards, relations: this.#relations, version }
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  #put(id: number, className: string, values: LabValues): LabCard {
    const row = afterTriggers(this.schema, className, values)
    const card = { id, className, beganAt: this.clock.stamp(), user: this.#user, values: row }
    this.#cards.put(card)
    this.#revision += 1
    return card
  }

  #relate(domain: string, sourceId: number, destinationId: number): LabRelation {
    const id = this.#nextId()
    const relation = { id, domain, sourceId, destinationId, beganAt: this.clock.stamp(), user: this.#user }
    this.#relations.add(relation)
    this.#revision += 1
    this.#followRelation(relation, true)
    return relation
  }

  #drop(relation: LabRelation): void {
    this.#relations.remove(relation)
    this.#revision += 1
    this.#followRelation(relation, false)
  }

  #checkEnd(domain: LabDomain, id: number, end: 'source' | 'destination'): void {
    const { className, values } = this.card(id)
    if (this.schema.fits(className, domain, end)) return
    const card = `CardImpl{id=${id}, code=${values.Code ?? null}, type=${className}}`
    throw badArgument(
      `invalid ${end === 'source' ? 'source' : 'target'} card = ${card} for domain = DomainImpl{name=${domain.name}}`,
    )
  }

  /** Reference attributes that differ from before take their relations with them. */
  #followReferences(card: LabCard, before: LabValues): void {
    for (const attribute of this.schema.attributesOf(card.className).values()) {
      const { name, domain, direction } = attribute
      if (attribute.type !== 'reference' || domain === undefined) continue
      const [was, is] = [before[name] ?? null, card.values[name] ?? null]
      if (was === is) continue
      const isSource = direction === 'direct'
      for (const old of isSource
        ? this.#relations.from(card.id, domain)
        : this.#relations.to(card.id, domain))
        this.#drop(old)
      if (is === null) continue
      const ends: [number, number] = isSource ? [card.id, Number(is)] : [Number(is), card.id]
      this.createRelation(domain, ...ends)
    }
  }

  /** Reference attributes of both ends say what the relation says. */
  #followRelation(relation: LabRelation, isThere: boolean): void {
    const { domain, sourceId, destinationId } = relation
    const ends = [
      { id: sourceId, other: destinationId, direction: 'direct' },
      { id: destinationId, other: sourceId, direction: 'inverse' },
    ] as const
    for (const { id, other, direction } of ends) {
      const card = this.findCard(id)
      for (const name of card ? this.schema.referencesOf(card.className, domain, direction) : []) {
        const now = this.card(id)
        const is = now.values[name] ?? null
        const value = isThere ? other : is === other ? null : is
        if (value !== is) this.#put(id, now.className, { ...now.values, [name]: value })
      }
    }
  }
}

function duplicateRelation(
  domain: LabDomain,
  broken: 'relations' | 'source' | 'target',
  sourceId: number,
  destinationId: number,
): Error {
  return duplicateKey(
    `RelationImpl{id=null, type=DomainImpl{name=${domain.name}}, sourceCard=CardImpl{id=${sourceId}}, targetCard=CardImpl{id=${destinationId}}}`,
    `_cm3_Map_${domain.name}_${broken}`,
    broken === 'source' ? `Key ("IdObj1")=(${sourceId})` : `Key ("IdObj2")=(${destinationId})`,
  )
}
