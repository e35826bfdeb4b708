import type { CmdbuildServer } from '../../../../clients/cmdbuild/connect.ts'
import {
  type AttributeAnswer,
  type ClassAnswer,
  findDomain,
  listAttributes,
  listClasses,
  listLookups,
} from '../../../../clients/cmdbuild/schema.ts'
import type { Cmdb, CmdbAttribute, CmdbClass, CmdbDomain, CmdbLookup } from '../../model/cmdb.ts'
import type { Mapping } from '../../model/mapping.ts'
import { together } from '../together.ts'
import { kindsOf, wantedClasses, wantedDomains } from './wanted.ts'

/** What a CMDB is made of, as far as a mapping names it. Parents of classes that it lacks are there too. */
export type CmdbSchema = Pick<Cmdb, 'classes' | 'lookups' | 'domains'>

export interface SchemaRead extends CmdbSchema {
  /** Of each class of the CMDB: itself, then upwards. */
  readonly lineages: ReadonlyMap<string, readonly string[]>
}

/**
 * Reads the classes in one list, then the attributes of each class, then the values of each lookup type and each domain
 * that is named: some twelve requests, however many cards there are.
 */
export async function readSchema(
  server: CmdbuildServer,
  mapping: Mapping,
  { signal }: { signal: AbortSignal },
): Promise<SchemaRead> {
  const all = new Map((await listClasses(server, signal)).map((one) => [one.name, one]))
  const lineages = new Map([...all.keys()].map((name) => [name, lineageOf(name, all)]))
  const named = namedClasses(mapping, all)
  const attributes = await together(named, signal, async ({ name }, either) => ({
    name,
    attributes: await listAttributes(server, name, either),
  }))
  const classes = new Map<string, CmdbClass>()
  for (const [index, answer] of named.entries())
    classes.set(answer.name, classOf(answer, lineages, attributes[index]?.attributes ?? []))
  const lookups = await readLookups(server, lookupTypesOf(mapping, classes), signal)
  const domains = await readDomains(server, domainsOf(mapping, classes), signal)
  return { classes, lookups, domains, lineages }
}

function namedClasses(mapping: Mapping, all: ReadonlyMap<string, ClassAnswer>): ClassAnswer[] {
  const names = wantedClasses(mapping).map(({ className }) => className)
  const parents = kindsOf(mapping)
    .filter(({ newIn }) => !all.has(newIn))
    .map(({ lackingParent }) => lackingParent)
  return [...new Set([...names, ...parents])].flatMap((name) => all.get(name ?? '') ?? [])
}

function lineageOf(name: string, all: ReadonlyMap<string, ClassAnswer>): string[] {
  const lineage: string[] = []
  for (let at: string | null = name; at !== null && !lineage.includes(at); at = all.get(at)?.parent ?? null)
    lineage.push(at)
  return lineage
}

function classOf(
  { name, parent: _, ...answer }: ClassAnswer,
  lineages: SchemaRead['lineages'],
  attributes: readonly AttributeAnswer[],
): CmdbClass {
  const known = attributes.map(({ domain: _, ...one }): [string, CmdbAttribute] => [one.name, one])
  return { ...answer, name, lineage: lineages.get(name) ?? [name], attributes: new Map(known) }
}

/** Of the lookups that are written: those that are there, and those that an attribute that is lacking would have. */
function lookupTypesOf(mapping: Mapping, classes: Cmdb['classes']): Set<string> {
  const types = wantedClasses(mapping).flatMap(({ className, fields }) =>
    fields.map(({ attribute, lacking }) => {
      const found = classes.get(className)?.attributes.get(attribute)
      if (found) return found.type === 'lookup' ? found.lookupType : null
      return lacking?.type === 'lookup' ? lacking.lookupType : null
    }),
  )
  return new Set(types.filter((type) => type !== null))
}

function domainsOf(mapping: Mapping, classes: Cmdb['classes']): Set<string> {
  const references = wantedClasses(mapping).flatMap(({ className, fields }) =>
    fields.flatMap(({ attribute, lacking }) => {
      const isThere = classes.get(className)?.attributes.has(attribute)
      return !isThere && lacking?.type === 'reference' ? [lacking.domain] : []
    }),
  )
  return new Set([...wantedDomains(mapping), ...references])
}

async function readLookups(
  server: CmdbuildServer,
  types: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Map<string, readonly CmdbLookup[]>> {
  const found = await together(types, signal, async (type, either) => {
    const values = await listLookups(server, type, either)
    return values === null ? [] : [[type, values] as const]
  })
  return new Map(found.flat())
}

async function readDomains(
  server: CmdbuildServer,
  names: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Map<string, CmdbDomain>> {
  const found = await together(names, signal, (name, either) => findDomain(server, name, either))
  return new Map(found.filter((domain) => domain !== null).map((domain) => [domain.name, domain]))
}
