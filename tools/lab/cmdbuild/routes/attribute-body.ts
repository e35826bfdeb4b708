import { type Call, textOf } from '../http/call.ts'
import type { CmdbuildStore } from '../store/cmdbuild-store.ts'
import { badArgument } from '../store/lab-error.ts'
import {
  ATTRIBUTE_MODES,
  ATTRIBUTE_TYPES,
  type AttributeMode,
  type AttributeType,
  type LabAttribute,
} from '../store/schema-types.ts'

/** The attribute that a client wants to have made, with what its type needs. */
export function readAttribute(store: CmdbuildStore, className: string, call: Call): LabAttribute {
  const name = textOf(call, 'name')
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) throw badArgument(`invalid attribute name =< ${name} >`)
  if (store.schema.attributesOf(store.schema.classOf(className).name).has(name))
    throw badArgument(`attribute already present in class = ${className} for name = ${name}`)
  const type = oneOf<AttributeType>(ATTRIBUTE_TYPES, textOf(call, 'type'))
  const { body } = call
  return {
    name,
    type,
    description: String(body.description ?? name),
    mode: oneOf<AttributeMode>(ATTRIBUTE_MODES, String(body.mode ?? 'write')),
    isActive: body.active !== false,
    isMandatory: body.mandatory === true,
    isUnique: body.unique === true,
    ...ofType(store, className, type, call),
  }
}

function oneOf<Value extends string>(known: readonly Value[], text: string): Value {
  const found = known.find((one) => one === text)
  if (found === undefined)
    throw badArgument(`enum value not known for name = ${text}, valid values = ${known}`)
  return found
}

function ofType(
  store: CmdbuildStore,
  className: string,
  type: AttributeType,
  call: Call,
): Partial<LabAttribute> {
  if (type === 'string') return { maxLength: countOf(call, 'maxLength') }
  if (type === 'decimal') {
    const [precision, scale] = [countOf(call, 'precision'), countOf(call, 'scale', 0)]
    if (scale > precision) throw badArgument(`invalid scale = ${scale} for precision = ${precision}`)
    return { precision, scale }
  }
  if (type === 'lookup') {
    const lookupType = textOf(call, 'lookupType')
    store.lookups.valuesOf(lookupType)
    return { lookupType }
  }
  if (type === 'ipAddress')
    return { ipType: oneOf(['any', 'ipv4', 'ipv6'], String(call.body.ipType ?? 'any')) }
  return type === 'reference' ? reference(store, className, call) : {}
}

function countOf(call: Call, name: string, least = 1): number {
  const value = call.body[name]
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
    throw badArgument(`invalid value for param ${name} =< ${String(value)} >`)
  return value
}

/** The class must stand at that end of the domain, and the domain lead to at most one card from there. */
function reference(store: CmdbuildStore, className: string, call: Call): Partial<LabAttribute> {
  const domain = store.schema.domainOf(textOf(call, 'domain'))
  const direction = oneOf(['direct', 'inverse'] as const, textOf(call, 'direction'))
  const end = direction === 'direct' ? domain.source : domain.destination
  const leadsToOne =
    direction === 'direct' ? domain.cardinality.endsWith('1') : domain.cardinality.startsWith('1')
  if (!store.schema.isA(className, end) || !leadsToOne)
    throw badArgument(
      `invalid reference domain = ${domain.name} direction = ${direction} for class = ${className}`,
    )
  return { domain: domain.name, direction }
}
