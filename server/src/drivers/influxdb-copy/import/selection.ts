import type { Section } from '../../../kit/foreign-config/section.ts'
import type { FIELD_TYPES } from '../config.ts'

type FieldType = (typeof FIELD_TYPES)[number]

const TYPES: Record<string, readonly FieldType[]> = {
  numeric: ['float', 'integer'],
  string: ['string'],
  boolean: ['boolean'],
}

/** Which measurements are copied. */
export function readMeasurements(section: Section | null): { include: string[]; exclude: string[] } {
  if (!section) return { include: [], exclude: [] }
  const include = section.texts('include')
  const exclude = section.texts('exclude')
  if (include.length > 0 && exclude.length > 0)
    section.mistake(
      'exclude',
      'both "include" and "exclude" name measurements',
      'Leave one of the two lists empty, as the toolkit wanted it.',
    )
  tellNames(section, 'include', include, 'only these measurements are copied')
  tellNames(section, 'exclude', exclude, 'these measurements are left out')
  return { include, exclude }
}

export interface FieldFilters {
  filters: { measurement: string; include: string[]; exclude: string[]; types: FieldType[] }[]
  /** Measurements of which no field is copied. */
  without: string[]
}

/** Which fields of single measurements are copied. */
export function readFields(section: Section | null): FieldFilters {
  const found: FieldFilters = { filters: [], without: [] }
  const specific = section?.section('specific')
  for (const measurement of specific?.keys ?? []) {
    const fields = specific?.section(measurement)?.section('fields')
    if (!fields) continue
    const include = fields.texts('include')
    const exclude = readExcluded(fields, include.length > 0)
    const types = readTypes(fields)
    tellNames(fields, 'include', include, `only these fields of "${measurement}" are copied`)
    if (types === 'none') found.without.push(measurement)
    else if (include.length + exclude.length + types.length > 0)
      found.filters.push({ measurement, include, exclude, types })
  }
  return found
}

/** The toolkit did not look at it where `include` names any. */
function readExcluded(fields: Section, isIncluding: boolean): string[] {
  const exclude = fields.texts('exclude')
  if (!isIncluding) {
    tellNames(fields, 'exclude', exclude, 'these fields are left out')
    return exclude
  }
  if (exclude.length > 0)
    fields.tell('exclude', 'unneeded', 'the toolkit did not look at it, because "include" names fields')
  return []
}

/** All types are no limit; of none of them, no field is copied. */
function readTypes(fields: Section): FieldType[] | 'none' {
  const names = fields.texts('types')
  const wrong = names.find((name) => !(name in TYPES))
  if (wrong !== undefined) {
    fields.mistake(
      'types',
      `"${wrong}" is not one of ${Object.keys(TYPES).join(', ')}`,
      'Name the types of the fields to copy.',
    )
    return []
  }
  if (names.length === 0) {
    if (!fields.isEmptyList('types')) return []
    fields.tell('types', 'changed', 'no field of it was copied: the measurement is left out')
    return 'none'
  }
  const types = [...new Set(names.flatMap((name) => TYPES[name] ?? []))]
  const isAll = new Set(names).size === Object.keys(TYPES).length
  fields.tell(
    'types',
    'taken',
    isAll ? 'fields of all types are copied' : `\`types: ${types.join(', ')}\` of the fields`,
  )
  return isAll ? [] : types
}

function tellNames(section: Section, key: string, names: readonly string[], remark: string): void {
  const isPattern = names.some((name) => /[*?]/.test(name))
  if (isPattern) section.tell(key, 'changed', `${remark}; \`*\` and \`?\` stand for other characters now`)
  else if (names.length > 0) section.tell(key, 'taken', remark)
}
