import type { CmdbuildServer } from '../../../../clients/cmdbuild/connect.ts'
import {
  type AttributeType,
  createAttribute,
  createClass,
  createDomain,
  createLookup,
  createLookupType,
} from '../../../../clients/cmdbuild/make-schema.ts'
import { findClass, findDomain, listAttributes, listLookups } from '../../../../clients/cmdbuild/schema.ts'
import type { NewAttribute } from '../../model/mapping.ts'
import { equalsIgnoringCase } from '../values.ts'
import { canBeMade, type Lacking } from './lack.ts'

export interface Created {
  readonly made: readonly Lacking[]
  /** Somebody else made them meanwhile, or an earlier run that was interrupted. */
  readonly wereThere: readonly Lacking[]
  /** Only a person can. */
  readonly left: readonly Lacking[]
}

export interface CreateOptions {
  readonly signal: AbortSignal
  readonly onMade?: (lacking: Lacking) => void
}

/**
 * Makes in their order what `lackingOf` found, each looked for once more right before: what is there is never altered,
 * and nothing is ever deleted. Ended in the middle, it is simply begun anew. Throws at the first that cannot be made:
 * `privilege-missing` for a user who may not administer the CMDB, and what the client throws.
 */
export async function createLacking(
  server: CmdbuildServer,
  lacking: readonly Lacking[],
  { signal, onMade }: CreateOptions,
): Promise<Created> {
  const [made, wereThere]: [Lacking[], Lacking[]] = [[], []]
  for (const one of lacking.filter(canBeMade)) {
    if (await isThere(server, one, signal)) {
      wereThere.push(one)
      continue
    }
    await make(server, one, signal)
    made.push(one)
    onMade?.(one)
  }
  return { made, wereThere, left: lacking.filter((one) => !canBeMade(one)) }
}

async function isThere(server: CmdbuildServer, one: Lacking, signal: AbortSignal): Promise<boolean> {
  switch (one.what) {
    case 'class':
      return (await findClass(server, one.className, signal)) !== null
    case 'lookup-type':
      return (await listLookups(server, one.lookupType, signal)) !== null
    case 'lookup-value': {
      const values = (await listLookups(server, one.lookupType, signal)) ?? []
      return values.some(({ code }) => equalsIgnoringCase(code, one.code))
    }
    case 'domain':
      return (await findDomain(server, one.domain, signal)) !== null
    case 'attribute': {
      const attributes = (await listAttributes(server, one.className, signal)) ?? []
      return attributes.some(({ name }) => name === one.attribute)
    }
    default:
      return false
  }
}

async function make(server: CmdbuildServer, one: Lacking, signal: AbortSignal): Promise<void> {
  if (one.what === 'class' && one.parent !== null)
    await createClass(server, { name: one.className, parent: one.parent }, signal)
  if (one.what === 'lookup-type') await createLookupType(server, one.lookupType, signal)
  if (one.what === 'lookup-value') await createLookup(server, one, signal)
  if (one.what === 'domain' && one.ends !== null) {
    const { domain: name, cardinality, ends } = one
    const [descriptionDirect, descriptionInverse] = WORDS[cardinality]
    await createDomain(server, { name, cardinality, ...ends, descriptionDirect, descriptionInverse }, signal)
  }
  if (one.what === 'attribute' && one.make !== null) {
    const { className, attribute: name, make: type } = one
    await createAttribute(server, { className, name, type: typeOf(type) }, signal)
  }
}

/** As READY2USE words its own: from source to destination, and back. */
const WORDS = { '1:N': ['serves', 'depends on'], 'N:N': ['depends on', 'serves'] } as const

/** The many hold the reference, and stand at the far end of its domain. */
function typeOf(make: NewAttribute): AttributeType {
  if (make.type !== 'reference') return make
  return { type: 'reference', domain: make.domain, targetClass: make.targetClass, direction: 'inverse' }
}
