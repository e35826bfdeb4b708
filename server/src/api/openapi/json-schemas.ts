import {
  apiToken,
  auditEntry,
  configDocument,
  delivery,
  jobSpec,
  jobStatus,
  jsonValue,
  me,
  nodeSpec,
  notificationSpec,
  objectRevision,
  phrase,
  policySpec,
  problem,
  restorePoint,
  run,
  runLogLine,
  runStep,
  runSummary,
  session,
  status,
  storedPlan,
  user,
  vaultSpec,
} from '@holdfast/contract'
import { z } from 'zod'

export type JsonSchema = { [key: string]: unknown }

/** Schemas that generated clients get a type of their own for. */
const NAMES = new Map<unknown, string>([
  [apiToken, 'ApiToken'],
  [auditEntry, 'AuditEntry'],
  [configDocument, 'ConfigDocument'],
  [delivery, 'Delivery'],
  [jobSpec, 'JobSpec'],
  [jobStatus, 'JobStatus'],
  [jsonValue, 'JsonValue'],
  [me, 'Me'],
  [nodeSpec, 'NodeSpec'],
  [notificationSpec, 'NotificationSpec'],
  [objectRevision, 'ObjectRevision'],
  [phrase, 'Phrase'],
  [policySpec, 'PolicySpec'],
  [problem, 'Problem'],
  [restorePoint, 'RestorePoint'],
  [run, 'Run'],
  [runLogLine, 'RunLogLine'],
  [runStep, 'RunStep'],
  [runSummary, 'RunSummary'],
  [session, 'Session'],
  [status, 'Status'],
  [storedPlan, 'Plan'],
  [user, 'User'],
  [vaultSpec, 'VaultSpec'],
])

class NamedSchemas extends z.core.$ZodRegistry<Record<string, unknown>> {
  override get(schema: z.core.$ZodType): Record<string, unknown> | undefined {
    const id = NAMES.get(schema)
    const meta = z.globalRegistry.get(schema as z.ZodType)
    return id === undefined ? meta : { ...meta, id }
  }
  override has(schema: z.core.$ZodType): boolean {
    return NAMES.has(schema) || z.globalRegistry.has(schema as z.ZodType)
  }
}

/** JSON Schemas of a whole document, with what several of them use kept once under `components`. */
export class SchemaCollection {
  readonly components: Record<string, JsonSchema> = {}
  readonly #named = new NamedSchemas()

  /** `input` is what a client sends, with defaults left out; `output` what it gets. */
  add(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema: _,
      $defs,
      ...own
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      metadata: this.#named,
    }) as JsonSchema & { $defs?: Record<string, JsonSchema> }
    const names = new Map(Object.entries($defs ?? {}).map(([name]) => [name, nameOf(name, io)]))
    for (const [name, definition] of Object.entries($defs ?? {})) {
      this.components[names.get(name) ?? name] ??= this.#moved(definition, names)
    }
    // A named schema at the top is told whole: it goes to the components as well.
    const id = NAMES.get(schema)
    if (id === undefined) return this.#moved(own, names)
    this.components[nameOf(id, io)] ??= this.#moved(own, names)
    return { $ref: `#/components/schemas/${nameOf(id, io)}` }
  }

  #moved(schema: JsonSchema, names: ReadonlyMap<string, string>): JsonSchema {
    return moveReferences(schema, names) as JsonSchema
  }
}

/** What is sent and what is told differ in defaults; a recursive value without a name is always JSON itself. */
function nameOf(name: string, io: 'input' | 'output'): string {
  if (name === 'JsonValue' || name.startsWith('__')) return 'JsonValue'
  return io === 'input' ? `${name}Input` : name
}

function moveReferences(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => moveReferences(item, names))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !(key === 'id' && NAMES_IN_USE.has(String(item))))
      .map(([key, item]) => {
        if (key !== '$ref' || typeof item !== 'string') return [key, moveReferences(item, names)]
        const name = item.replace('#/$defs/', '')
        return [key, `#/components/schemas/${names.get(name) ?? name}`]
      }),
  )
}

const NAMES_IN_USE = new Set(NAMES.values())
