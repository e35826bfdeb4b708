import {
  type ConfigChange,
  type ConfigDocument,
  type JsonValue,
  OBJECT_KINDS,
  OBJECT_SCHEMAS,
  type ObjectKind,
} from '@holdfast/contract'

type FieldChange = ConfigChange['fields'][number]
type Plain = { [key: string]: JsonValue }

/**
 * What applying `wanted` would change in `current`, in the order in which it is to be applied: creations and updates
 * from nodes to jobs, then deletions from jobs back to nodes, so that nothing ever refers to something that is gone.
 * Objects are the same object when kind and name agree. Without `prune` nothing is deleted.
 */
export function diffConfig(
  current: ConfigDocument,
  wanted: ConfigDocument,
  options: { prune: boolean },
): ConfigChange[] {
  const kept: ConfigChange[] = []
  const deleted: ConfigChange[] = []
  for (const kind of OBJECT_KINDS) {
    const before = byName(kind, current)
    const after = byName(kind, wanted)
    for (const [name, object] of after) kept.push(compare(kind, name, before.get(name), object))
    if (!options.prune) continue
    const gone = [...before.keys()].filter((name) => !after.has(name))
    deleted.unshift(...gone.map((name): ConfigChange => ({ kind, name, action: 'delete', fields: [] })))
  }
  return [...kept, ...deleted]
}

function byName(kind: ObjectKind, document: ConfigDocument): Map<string, Plain> {
  const schema = OBJECT_SCHEMAS[kind]
  // Parsed again so that a default left out on one side and written out on the other is no difference.
  return new Map(document[kind].map((object) => [object.name, schema.parse(object) as Plain]))
}

function compare(kind: ObjectKind, name: string, before: Plain | undefined, after: Plain): ConfigChange {
  if (!before) return { kind, name, action: 'create', fields: [] }
  const fields = fieldChanges('', before, after)
  return { kind, name, action: fields.length > 0 ? 'update' : 'unchanged', fields }
}

function fieldChanges(path: string, before: JsonValue, after: JsonValue): FieldChange[] {
  if (isPlain(before) && isPlain(after)) {
    const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])]
    return keys.flatMap((key) =>
      fieldChanges(path ? `${path}.${key}` : key, before[key] ?? null, after[key] ?? null),
    )
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return after.flatMap((item, index) => fieldChanges(`${path}[${index}]`, before[index] ?? null, item))
  }
  return Object.is(before, after) ? [] : [{ path, before, after }]
}

function isPlain(value: JsonValue): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
