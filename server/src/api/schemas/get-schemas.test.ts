import { type JobKind, type JsonValue, joinCatalogs, OBJECT_KINDS, OBJECT_SCHEMAS } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ENGINE_PHRASES } from '../../domain/phrases/engine-phrases.ts'
import { DRIVERS } from '../../drivers/registry.ts'
import { getSchemas, objectDocument, translateKind } from './get-schemas.ts'
import { OBJECT_TEXTS } from './texts/object-texts.ts'
import { type SchemaDocument, type TranslationReport, translateSchema } from './translate.ts'

const LANGUAGES = ['de', 'it', 'fr', 'es'] as const
const jsonSchema = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaDocument

const KINDS: JobKind[] = DRIVERS.map(({ info, config, restore }) => ({
  kind: info.kind,
  collection: info.collection,
  title: info.title,
  protects: [...info.protects],
  vaultKinds: [...info.vaultKinds],
  vaultOptional: false,
  nodeKinds: null,
  namedNodeKinds: null,
  prepares: false,
  config: jsonSchema(config),
  restore: restore ? jsonSchema(restore.options) : null,
  restoreNodeKinds: null,
}))
const textsOf = (kind: string) => DRIVERS.find(({ info }) => info.kind === kind)?.info.texts
const phrases = joinCatalogs({ engine: ENGINE_PHRASES })
const words = { textsOf, phrases }
const newReport = (): TranslationReport => ({ used: new Set(), missing: [] })

interface Found {
  path: string
  node: SchemaDocument
  /** A property or a branch of a choice, which a form shows with a title. */
  isNamed: boolean
}

/** Every node of a schema; written apart from the translation, so that what it forgets is found. */
function nodes(value: JsonValue, path = '', isNamed = false): Found[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => nodes(each, `${path}|${index}`, isNamed))
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([key, child]) => {
    if (key === 'properties' && typeof child === 'object' && child !== null) {
      return Object.entries(child).flatMap(([name, property]) => nodes(property, `${path}.${name}`, true))
    }
    if (key === 'anyOf' || key === 'oneOf') return nodes(child, path, true)
    return key === 'items' || key === 'additionalProperties' ? nodes(child, path) : []
  })
  return [{ path, node: value, isNamed }, ...inner]
}

function documents(language: 'en' | (typeof LANGUAGES)[number]): [string, SchemaDocument][] {
  const { kinds, phrases: _, ...objects } = getSchemas(KINDS, language, words)
  return [
    ...Object.entries(objects),
    ...kinds.flatMap(({ kind, config, restore }): [string, SchemaDocument][] => [
      [kind, config],
      ...(restore ? [[`${kind} restore`, restore] as [string, SchemaDocument]] : []),
    ]),
  ]
}

describe.each(['en', ...LANGUAGES] as const)('schemas in %s', (language) => {
  it('have a title and a description for each property and each branch of a choice', () => {
    const named = documents(language).flatMap(([name, document]) =>
      nodes(document, name).filter(({ isNamed }) => isNamed),
    )
    expect(named.length).toBeGreaterThan(80)
    const bare = named.filter(({ node }) => !isText(node.title) || !isText(node.description))
    expect(bare.map(({ path }) => path)).toEqual([])
  })

  it('have a title for each value that can be chosen, and for no other', () => {
    const chosen = documents(language)
      .flatMap(([name, document]) => nodes(document, name))
      .filter(({ node }) => Array.isArray(node.enum) || typeof node.const === 'string')
    expect(chosen.length).toBeGreaterThan(15)
    for (const { path, node } of chosen) {
      const values = Array.isArray(node.enum) ? node.enum : [node.const]
      expect([path, Object.keys(node['x-enum-titles'] ?? {})]).toEqual([path, values])
    }
  })
})

describe.each(LANGUAGES)('texts in %s', (language) => {
  it('of the objects are complete, and each of them is used', () => {
    const report = newReport()
    for (const kind of OBJECT_KINDS) objectDocument(kind, OBJECT_TEXTS[language], report)
    expect(report.missing).toEqual([])
    expect(Object.keys(OBJECT_TEXTS[language]).filter((key) => !report.used.has(key))).toEqual([])
  })

  it.each(KINDS)('of the job kind $kind are complete, and each of them is used', (kind) => {
    const texts = textsOf(kind.kind)?.[language] ?? {}
    const report = newReport()
    translateKind(kind, texts, report)
    expect(report.missing).toEqual([])
    expect(Object.keys(texts).filter((key) => !report.used.has(key))).toEqual([])
  })

  it('have no value that cannot be chosen', () => {
    const values = Object.values(OBJECT_TEXTS[language]).flatMap((text) => Object.keys(text.values ?? {}))
    const known = OBJECT_KINDS.flatMap((kind) => nodes(jsonSchema(OBJECT_SCHEMAS[kind]))).flatMap(
      ({ node }) => {
        return Array.isArray(node.enum) ? node.enum : [node.const]
      },
    )
    expect(values.filter((value) => !known.includes(value))).toEqual([])
  })

  it('are written as typography asks: no straight apostrophes or quotes, no full stop at the end', () => {
    const tables = [OBJECT_TEXTS[language], ...DRIVERS.map(({ info }) => info.texts?.[language] ?? {})]
    const all = tables
      .flatMap((table) => Object.values(table))
      .flatMap((text) => [text.title, text.description])
    expect(all.filter((text) => /'|"|\.$|\s$|^\s/.test(text))).toEqual([])
  })
})

describe('hints for forms', () => {
  const hinted = documents('de').flatMap(([name, document]) => nodes(document, name))
  const WIDGETS = [
    'secret',
    'path',
    'cron',
    'time-zone',
    'duration',
    'byte-size',
    'reference',
    'multiline',
    'disk',
  ]

  it('are of the kinds that a form knows, and survive translation', () => {
    const widgets = new Set(
      hinted.map(({ node }) => node['x-widget']).filter((widget) => widget !== undefined),
    )
    expect([...widgets].toSorted()).toEqual(WIDGETS.toSorted())
    for (const { node } of hinted) {
      if (node['x-widget'] !== 'reference') continue
      expect([...OBJECT_KINDS, 'secrets']).toContain(node['x-reference'])
    }
  })

  it('number the properties in the order of the schema', () => {
    const jobs = documents('en').find(([name]) => name === 'jobs')?.[1].properties as Record<
      string,
      SchemaDocument
    >
    expect(Object.values(jobs).map((property) => property['x-order'])).toEqual(
      Object.keys(OBJECT_SCHEMAS.jobs.shape).map((_, index) => index + 1),
    )
    expect(Object.keys(jobs).filter((name) => jobs[name]?.['x-advanced'])).toContain('site')
    expect(jobs.schedule?.['x-advanced']).toBeUndefined()
  })
})

describe('getSchemas', () => {
  it('changes nothing but words: what is valid in one language is valid in all', () => {
    const bare = (value: JsonValue): JsonValue => {
      if (Array.isArray(value)) return value.map(bare)
      if (typeof value !== 'object' || value === null) return value
      const kept = Object.entries(value).filter(
        ([key, inner]) => !((key === 'title' || key === 'description') && isText(inner)) && !/^x-/.test(key),
      )
      return Object.fromEntries(kept.map(([key, inner]) => [key, bare(inner)]))
    }
    const schemas = getSchemas(KINDS, 'fr', words)
    for (const kind of OBJECT_KINDS)
      expect(bare(schemas[kind])).toEqual(bare(jsonSchema(OBJECT_SCHEMAS[kind])))
  })

  it('tells a job kind without texts in English', () => {
    const [kind] = KINDS
    expect(getSchemas(KINDS, 'it', { textsOf: () => undefined, phrases }).kinds[0]?.title).toBe(kind?.title)
    expect(getSchemas(KINDS, 'it', words).kinds[0]?.title).toBe('Copiare una cartella su un disco')
  })
})

it('gives what runs say in the language asked for', () => {
  expect(getSchemas(KINDS, 'de', words).phrases['engine.retention.protected']).toBe('gesperrt')
})

describe('translateSchema', () => {
  it('finds the text of the longest end of the path', () => {
    const schema = { properties: { a: { properties: { name: { type: 'string' } } } } }
    const table = {
      name: { title: 'short', description: 'd' },
      'a.name': { title: 'longer', description: 'd' },
      a: { title: 'A', description: 'd' },
    }
    const titles = nodes(translateSchema(schema, ['jobs'], table)).map(({ node }) => node.title)
    expect(titles).toEqual([undefined, 'A', 'longer'])
  })
})

function isText(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value !== ''
}
