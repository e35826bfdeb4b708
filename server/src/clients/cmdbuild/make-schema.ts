import { type CmdbuildServer, part } from './connect.ts'

/** All of these need a group that may administer classes, lookups and domains; else they throw `privilege-missing`. */
export async function createClass(
  server: CmdbuildServer,
  { name, parent }: { name: string; parent: string },
  signal: AbortSignal,
): Promise<void> {
  const json = { name, description: name, parent, type: 'standard', active: true, prototype: false }
  await server.done({ method: 'POST', path: '/classes', json, what: `create the class ${name}`, signal })
}

/** What an attribute is, as CMDBuild wants it: `type` and what belongs to that type. */
export type AttributeType = Readonly<Record<string, string | number>> & { readonly type: string }

export async function createAttribute(
  server: CmdbuildServer,
  { className, name, type }: { className: string; name: string; type: AttributeType },
  signal: AbortSignal,
): Promise<void> {
  const path = `/classes/${part(className)}/attributes`
  const plain = { name, description: name, mode: 'write', active: true, mandatory: false, unique: false }
  const what = `create the attribute ${name} of ${className}`
  await server.done({ method: 'POST', path, json: { ...plain, ...type }, what, signal })
}

export async function createLookupType(
  server: CmdbuildServer,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const what = `create the lookup type ${name}`
  await server.done({ method: 'POST', path: '/lookup_types', json: { name }, what, signal })
}

export async function createLookup(
  server: CmdbuildServer,
  { lookupType, code }: { lookupType: string; code: string },
  signal: AbortSignal,
): Promise<void> {
  const path = `/lookup_types/${part(lookupType)}/values`
  const what = `create the value ${code} of the lookup type ${lookupType}`
  await server.done({ method: 'POST', path, json: { code, description: code, active: true }, what, signal })
}

export interface NewDomain {
  readonly name: string
  readonly source: string
  readonly destination: string
  readonly cardinality: '1:N' | 'N:N'
  /** How it reads from source to destination, and back. */
  readonly descriptionDirect: string
  readonly descriptionInverse: string
}

/** Whoever deletes a card is not held up by relations of such a domain: they go with the card. */
export async function createDomain(
  server: CmdbuildServer,
  domain: NewDomain,
  signal: AbortSignal,
): Promise<void> {
  const { name } = domain
  const cascade = { cascadeActionDirect: 'setnull', cascadeActionInverse: 'setnull' }
  const json = { ...domain, ...cascade, description: name, active: true }
  await server.done({ method: 'POST', path: '/domains', json, what: `create the domain ${name}`, signal })
}
