import type { LabDomain, LabRelation } from './schema-types.ts'

/** Relations by domain, by pair and by card. */
export class RelationTable {
  readonly #byId = new Map<number, LabRelation>()
  readonly #byDomain = new Map<string, Map<number, LabRelation>>()
  /** By `domain/source/destination`. */
  readonly #pairs = new Map<string, LabRelation>()
  readonly #bySource = new Map<number, Set<LabRelation>>()
  readonly #byDestination = new Map<number, Set<LabRelation>>()

  get all(): LabRelation[] {
    return [...this.#byId.values()]
  }

  byId(id: number): LabRelation | undefined {
    return this.#byId.get(id)
  }

  ofDomain(domain: string): LabRelation[] {
    return [...(this.#byDomain.get(domain)?.values() ?? [])]
  }

  /** Of a card, whichever end it is. */
  ofCard(id: number): LabRelation[] {
    return [...new Set([...this.from(id), ...this.to(id)])]
  }

  from(source: number, domain?: string): LabRelation[] {
    return among(this.#bySource.get(source), domain)
  }

  to(destination: number, domain?: string): LabRelation[] {
    return among(this.#byDestination.get(destination), domain)
  }

  between(domain: string, source: number, destination: number): LabRelation | undefined {
    return this.#pairs.get(`${domain}/${source}/${destination}`)
  }

  /** Name of the unique index that the pair would break, if any. */
  broken(domain: LabDomain, source: number, destination: number): 'relations' | 'source' | 'target' | null {
    const { name, cardinality } = domain
    if (this.between(name, source, destination)) return 'relations'
    if (cardinality.endsWith('1') && this.from(source, name).length > 0) return 'source'
    if (cardinality.startsWith('1') && this.to(destination, name).length > 0) return 'target'
    return null
  }

  add(relation: LabRelation): void {
    const { id, domain, sourceId, destinationId } = relation
    this.#byId.set(id, relation)
    this.#pairs.set(`${domain}/${sourceId}/${destinationId}`, relation)
    const ofDomain = this.#byDomain.get(domain) ?? new Map<number, LabRelation>()
    this.#byDomain.set(domain, ofDomain)
    ofDomain.set(id, relation)
    gather(this.#bySource, sourceId, relation)
    gather(this.#byDestination, destinationId, relation)
  }

  remove(relation: LabRelation): void {
    const { id, domain, sourceId, destinationId } = relation
    this.#byId.delete(id)
    this.#pairs.delete(`${domain}/${sourceId}/${destinationId}`)
    this.#byDomain.get(domain)?.delete(id)
    this.#bySource.get(sourceId)?.delete(relation)
    this.#byDestination.get(destinationId)?.delete(relation)
  }
}

function among(relations: Set<LabRelation> | undefined, domain: string | undefined): LabRelation[] {
  if (!relations) return []
  return domain === undefined ? [...relations] : [...relations].filter((one) => one.domain === domain)
}

function gather(index: Map<number, Set<LabRelation>>, id: number, relation: LabRelation): void {
  const there = index.get(id) ?? new Set()
  index.set(id, there)
  there.add(relation)
}
