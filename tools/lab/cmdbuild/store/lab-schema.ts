import { badArgument, daoError, notFound } from './lab-error.ts'
import type {
  AttributeMode,
  AttributeRights,
  ClassAttribute,
  ClassRights,
  LabAttribute,
  LabClass,
  LabDomain,
} from './schema-types.ts'

export const ROOT_CLASS = 'Class'
const RESERVED = new Set(['Id', 'IdClass', 'IdTenant', 'CurrentId', 'User', 'BeginDate', 'EndDate', 'Status'])
const ALL = { canRead: true, canCreate: true, canUpdate: true }
const RIGHTS_BY_MODE: Readonly<Record<AttributeMode, AttributeRights>> = {
  write: ALL,
  read: ALL,
  hidden: ALL,
  protected: ALL,
  immutable: { ...ALL, canUpdate: false },
  sysread: { ...ALL, canCreate: false, canUpdate: false },
  reserved: { canRead: false, canCreate: false, canUpdate: false },
}

/** What a client of the service may do with an attribute, whatever people see of it. */
export function rightsOf(attribute: LabAttribute): AttributeRights {
  return { ...RIGHTS_BY_MODE[attribute.mode], ...attribute.rights }
}

/** Classes, their attributes and the domains between them. */
export class LabSchema {
  readonly #classes = new Map<string, LabClass>()
  readonly #own = new Map<string, Map<string, LabAttribute>>()
  readonly #domains = new Map<string, LabDomain>()
  #attributes = new Map<string, ReadonlyMap<string, ClassAttribute>>()
  #families = new Map<string, readonly string[]>()

  get classes(): readonly LabClass[] {
    return [...this.#classes.values()]
  }

  get domains(): readonly LabDomain[] {
    return [...this.#domains.values()]
  }

  hasClass(name: string): boolean {
    return this.#classes.has(name)
  }

  classOf(name: string): LabClass {
    const found = this.#classes.get(name)
    if (!found) throw notFound(`classe not found for name =< ${name} >`)
    return found
  }

  domainOf(name: string): LabDomain {
    const found = this.#domains.get(name)
    if (!found) throw notFound(`domain not found for name =< ${name} >`)
    return found
  }

  /** The class itself first, then upwards. */
  lineage(name: string): string[] {
    const names: string[] = []
    for (let at: string | null = name; at !== null; at = this.classOf(at).parent) names.push(at)
    return names
  }

  isA(name: string, ancestor: string): boolean {
    return this.lineage(name).includes(ancestor)
  }

  /** The class and all below it, in the order of their making. */
  family(name: string): readonly string[] {
    const known = this.#families.get(name)
    if (known) return known
    const family = this.classes.filter((one) => this.isA(one.name, name)).map((one) => one.name)
    this.#families.set(name, family)
    return family
  }

  /** By name: from above first, and where a class says otherwise of one from above, as it says. */
  attributesOf(name: string): ReadonlyMap<string, ClassAttribute> {
    const known = this.#attributes.get(name)
    if (known) return known
    const all = new Map<string, ClassAttribute>()
    for (const at of this.lineage(name).reverse())
      for (const attribute of this.#own.get(at)?.values() ?? []) {
        const above = all.get(attribute.name)
        const index = above?.index ?? all.size + 1
        all.set(attribute.name, { ...attribute, isInherited: above !== undefined || at !== name, index })
      }
    this.#attributes.set(name, all)
    return all
  }

  addClass(added: LabClass): void {
    if (this.#classes.has(added.name)) throw daoError(`class with name =< ${added.name} > already exists`)
    if (added.parent !== null && !this.classOf(added.parent).isPrototype)
      throw badArgument(`parent class =< ${added.parent} > is not a superclass`)
    this.#classes.set(added.name, added)
    this.#own.set(added.name, new Map())
    this.#forget()
  }

  setRights(name: string, rights: Partial<ClassRights>): void {
    const before = this.classOf(name)
    this.#classes.set(name, { ...before, rights: { ...before.rights, ...rights } })
  }

  /** One that the class has already, its own or from above, is replaced for it and what is below. */
  setAttribute(className: string, attribute: LabAttribute): void {
    this.classOf(className)
    if (RESERVED.has(attribute.name)) throw badArgument(`reserved attribute name =< ${attribute.name} >`)
    this.#own.get(className)?.set(attribute.name, attribute)
    this.#forget()
  }

  /** Changes some of what a class says of an attribute, and of those below that say nothing of their own. */
  changeAttribute(className: string, name: string, change: Partial<LabAttribute>): void {
    const before = this.attributesOf(className).get(name)
    if (!before) throw notFound(`attribute not found for key = ${name} within classe = ${className}`)
    const { isInherited: _inherited, index: _index, ...own } = before
    this.setAttribute(className, { ...own, ...change, name })
  }

  removeAttribute(className: string, name: string): void {
    if (this.#own.get(className)?.delete(name) !== true)
      throw notFound(`attribute not found for key = ${name} within classe = ${className}`)
    this.#forget()
  }

  addDomain(added: LabDomain): void {
    if (this.#domains.has(added.name)) throw daoError(`domain with name =< ${added.name} > already exists`)
    this.classOf(added.source)
    this.classOf(added.destination)
    this.#domains.set(added.name, added)
  }

  changeDomain(name: string, change: Partial<LabDomain>): void {
    this.#domains.set(name, { ...this.domainOf(name), ...change, name })
  }

  /** Whether cards of the class may stand at that end of the domain. */
  fits(className: string, domain: LabDomain, end: 'source' | 'destination'): boolean {
    const disabled = end === 'source' ? domain.disabledSources : domain.disabledDestinations
    const lineage = this.lineage(className)
    return lineage.includes(domain[end]) && !lineage.some((one) => disabled.includes(one))
  }

  /** Attributes of a class that are the relation of the domain seen from this end. */
  referencesOf(className: string, domain: string, direction: 'direct' | 'inverse'): string[] {
    return [...this.attributesOf(className).values()]
      .filter((one) => one.domain === domain && one.direction === direction)
      .map((one) => one.name)
  }

  #forget(): void {
    this.#attributes = new Map()
    this.#families = new Map()
  }
}
