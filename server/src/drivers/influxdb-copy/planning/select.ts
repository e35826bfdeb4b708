import type { InfluxdbCopyConfig, Selection } from '../config.ts'

/** `*` stands for anything, `?` for one character. */
function matches(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const text = pattern.replace(/[.+^${}()|[\]\\/*?]/g, (sign) => WILD[sign] ?? `\\${sign}`)
    return new RegExp(`^(?:${text})$`, 'su').test(name)
  })
}

const WILD: Readonly<Record<string, string>> = { '*': '.*', '?': '.' }

export function isSelected(name: string, { include, exclude }: Selection): boolean {
  return (include.length === 0 || matches(name, include)) && !matches(name, exclude)
}

/**
 * Fields of a measurement that are copied, or null for all of them. A field that has several types is copied when one of
 * them is asked for: which points have it is not told before they are read.
 */
export function selectFields(
  config: Pick<InfluxdbCopyConfig, 'fields'>,
  measurement: string,
  fields: ReadonlyMap<string, readonly string[]>,
): string[] | null {
  const rules = config.fields.filter((rule) => matches(measurement, [rule.measurement]))
  if (rules.length === 0) return null
  return [...fields].flatMap(([field, types]) => {
    const isWanted = rules.every(
      (rule) =>
        isSelected(field, rule) &&
        (rule.types.length === 0 || types.some((type) => (rule.types as readonly string[]).includes(type))),
    )
    return isWanted ? [field] : []
  })
}

/** Nothing is left out: only then are whole shards what the job asks for. */
export function isEverything(config: InfluxdbCopyConfig): boolean {
  const { retentionPolicies, measurements, fields, tags, range } = config
  const lists = [retentionPolicies, measurements].flatMap(({ include, exclude }) => [include, exclude])
  return (
    [...lists, fields, tags].every((list) => list.length === 0) &&
    range.from === undefined &&
    range.to === undefined
  )
}
