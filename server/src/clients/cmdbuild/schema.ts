import {
  type AttributeAnswer,
  attributeAnswer,
  type ClassAnswer,
  classAnswer,
  type DomainAnswer,
  domainAnswer,
  type LookupAnswer,
  lookupAnswer,
} from './answers.ts'
import { type CmdbuildServer, part } from './connect.ts'
import { reasonOfRefusal } from './errors.ts'
import { listAll } from './pages.ts'

export type { AttributeAnswer, ClassAnswer, DomainAnswer, LookupAnswer } from './answers.ts'

/** Every class that the user may see, superclasses included. */
export async function listClasses(server: CmdbuildServer, signal: AbortSignal): Promise<ClassAnswer[]> {
  const what = 'read the classes'
  return await listAll(server, { path: '/classes', query: { detailed: true }, what, signal }, classAnswer)
}

/** Null when there is no such class. */
export async function findClass(
  server: CmdbuildServer,
  name: string,
  signal: AbortSignal,
): Promise<ClassAnswer | null> {
  const what = `read the class ${name}`
  return await server.oneIfThere({ method: 'GET', path: `/classes/${part(name)}`, what, signal }, classAnswer)
}

/** Those it inherits included; null when there is no such class. */
export async function listAttributes(
  server: CmdbuildServer,
  className: string,
  signal: AbortSignal,
): Promise<AttributeAnswer[] | null> {
  const what = `read the attributes of ${className}`
  const path = `/classes/${part(className)}/attributes`
  return await orNull(listAll(server, { path, what, signal }, attributeAnswer))
}

/** Null when there is no such type. */
export async function listLookups(
  server: CmdbuildServer,
  lookupType: string,
  signal: AbortSignal,
): Promise<LookupAnswer[] | null> {
  const what = `read the values of the lookup type ${lookupType}`
  const path = `/lookup_types/${part(lookupType)}/values`
  return await orNull(listAll(server, { path, what, signal }, lookupAnswer))
}

/** Null when there is no such domain. */
export async function findDomain(
  server: CmdbuildServer,
  name: string,
  signal: AbortSignal,
): Promise<DomainAnswer | null> {
  const what = `read the domain ${name}`
  const path = `/domains/${part(name)}`
  return await server.oneIfThere({ method: 'GET', path, what, signal }, domainAnswer)
}

async function orNull<T>(list: Promise<T>): Promise<T | null> {
  try {
    return await list
  } catch (error) {
    if (reasonOfRefusal(error) === 'absent') return null
    throw error
  }
}
