import type { JsonValue, SchemaText, SchemaTexts } from '@holdfast/contract'

export type SchemaDocument = Record<string, JsonValue>

/** What a translation did, for the tests of the tables. */
export interface TranslationReport {
  /** Keys of the table that were used. */
  used: Set<string>
  /** Paths that found no text, and `path=value` for values without a title. */
  missing: string[]
}

interface Translation {
  /** Null keeps what the schema says. */
  texts: SchemaTexts | null
  report: TranslationReport
}

/**
 * Puts the texts of a table over the English ones of a JSON Schema, and numbers the properties (`x-order`), since the
 * order of the keys of an object does not survive everywhere.
 */
export function translateSchema(
  schema: SchemaDocument,
  root: readonly string[],
  texts: SchemaTexts | null,
  report: TranslationReport = { used: new Set(), missing: [] },
): SchemaDocument {
  return walk(schema, root, { texts, report })
}

function walk(node: SchemaDocument, path: readonly string[], translation: Translation): SchemaDocument {
  const result: SchemaDocument = { ...node }
  if (isObject(node.properties)) result.properties = properties(node.properties, path, translation)
  if (isObject(node.items)) result.items = walk(node.items, path, translation)
  if (isObject(node.additionalProperties)) {
    result.additionalProperties = walk(node.additionalProperties, path, translation)
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = node[keyword]
    if (Array.isArray(branches)) result[keyword] = branches.map((branch) => named(branch, path, translation))
  }
  const values = valuesOf(node)
  if (values.length > 0) result['x-enum-titles'] = valueTitles(node, values, path, translation)
  return result
}

function properties(all: SchemaDocument, path: readonly string[], translation: Translation): SchemaDocument {
  const entries = Object.entries(all).map(([name, property], index) => {
    if (!isObject(property)) return [name, property] as const
    const own = [...path, name]
    const order = property['x-order'] ?? index + 1
    return [
      name,
      { ...walk(property, own, translation), ...words(own, translation), 'x-order': order },
    ] as const
  })
  return Object.fromEntries(entries)
}

/** A branch of a choice has a title of its own. */
function named(branch: JsonValue, path: readonly string[], translation: Translation): JsonValue {
  if (!isObject(branch)) return branch
  const own = [...path, branchName(branch)]
  return { ...walk(branch, own, translation), ...words(own, translation) }
}

function branchName(branch: SchemaDocument): string {
  if (isObject(branch.properties)) {
    const { kind } = branch.properties
    if (isObject(kind) && typeof kind.const === 'string') return kind.const
    return Object.keys(branch.properties).join('-')
  }
  return typeof branch.type === 'string' ? branch.type : 'reference'
}

function words(path: readonly string[], translation: Translation): Partial<SchemaText> {
  if (!translation.texts) return {}
  const text = find(path, translation)
  if (text) return { title: text.title, description: text.description }
  translation.report.missing.push(path.join('.'))
  return {}
}

/** The whole path first, then ever shorter ends of it. */
function find(path: readonly string[], { texts, report }: Translation): SchemaText | undefined {
  for (let start = 0; start < path.length; start += 1) {
    const key = path.slice(start).join('.')
    const text = texts?.[key]
    if (!text) continue
    report.used.add(key)
    return text
  }
  return undefined
}

function valueTitles(
  node: SchemaDocument,
  values: readonly string[],
  path: readonly string[],
  translation: Translation,
): SchemaDocument {
  const english = isObject(node['x-enum-titles']) ? node['x-enum-titles'] : {}
  const translated = translation.texts ? find(path, translation)?.values : undefined
  return Object.fromEntries(
    values.map((value) => {
      const title = translation.texts ? translated?.[value] : english[value]
      if (title === undefined) translation.report.missing.push(`${path.join('.')}=${value}`)
      return [value, title ?? english[value] ?? value]
    }),
  )
}

function valuesOf({ enum: values, const: only }: SchemaDocument): string[] {
  return [...(Array.isArray(values) ? values : []), only].filter((value) => typeof value === 'string')
}

function isObject(value: JsonValue | undefined): value is SchemaDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
