import { daoError, duplicateKey, notFound } from './lab-error.ts'
import type { LabLookup } from './schema-types.ts'

/** Lookup types, whose names may hold blanks, and their values. */
export class LabLookups {
  readonly #types = new Map<string, LabLookup[]>()
  readonly #byId = new Map<number, LabLookup>()
  readonly #nextId: () => number

  constructor(nextId: () => number) {
    this.#nextId = nextId
  }

  get types(): readonly string[] {
    return [...this.#types.keys()]
  }

  hasType(type: string): boolean {
    return this.#types.has(type)
  }

  valuesOf(type: string): readonly LabLookup[] {
    const values = this.#types.get(type)
    if (!values) throw notFound(`lookup type not found for name  = < ${type} >`)
    return values
  }

  byId(id: number): LabLookup | undefined {
    return this.#byId.get(id)
  }

  addType(type: string): void {
    if (this.#types.has(type))
      throw duplicateKey('CardImpl{type=_LookupType}', '_cm3__LookupType_Code', `Key ("Code")=(${type})`)
    this.#types.set(type, [])
  }

  add(type: string, code: string, description = code, isActive = true): LabLookup {
    const values = this.valuesOf(type)
    if (values.some((one) => one.code === code))
      throw duplicateKey(
        `CardImpl{id=null, code=${code}, type=_LookupValue}`,
        '_cm3__LookupValue_Code_Type',
        `Key ("Code", "Type")=(${code}, ${type})`,
      )
    const added = { id: this.#nextId(), type, code, description, index: values.length + 1, isActive }
    this.#types.set(type, [...values, added])
    this.#byId.set(added.id, added)
    return added
  }

  /** By id, by code, also with the type before it, and last by description; unknown is an error of the server. */
  resolve(type: string, value: string | number): number | null {
    const text = String(value).trim()
    if (text === '' || value === 0) return null
    const values = this.valuesOf(type)
    const code = text.startsWith(`${type}.`) ? text.slice(type.length + 1) : text
    const found = /^\d+$/.test(text)
      ? values.find((one) => one.id === Number(text))
      : (values.find((one) => one.code === code) ?? values.find((one) => one.description === code))
    if (!found) throw daoError(`lookup not found for type = ${type} value = ${text}`)
    return found.id
  }
}
