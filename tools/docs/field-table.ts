import { byteSize, duration } from '@holdfast/contract'
import { inputSchema, type JsonSchema, variants } from './json-schema.ts'

/** Words for fields that the description of their schema does not fit, by their whole path. */
const PATH_WORDS: Record<string, string> = {
  timeLimit: 'A run that takes longer is canceled',
  from: 'Sender of the mails',
  to: 'Receivers of the mails',
  'windows[].from': 'Time of day at which the window opens',
  'windows[].to': 'Time of day at which it closes; on the next day when it is not after `from`',
  'windows[].days': 'Days of the week on which the window opens',
  'locks[].name': 'Name of the lock: lower-case letters, digits and . _ / -',
  'locks[].mode': 'Whether others that say `shared` may hold the lock at the same time',
}

/** Words for fields whose meaning is the same wherever they occur. */
const COMMON_WORDS: Record<string, string> = {
  name: 'A name that no other of its kind has; others refer to it by this name',
  description: 'A remark for people',
  enabled: 'Switched off (`false`), it is kept but does nothing',
  kind: 'Which kind it is',
  verification: 'How restore points are checked',
  url: 'Address that receives a POST with the run as JSON',
  headers: 'HTTP headers to send along; a secret one by reference',
  smtp: 'The mail server',
  host: 'Name or address of the mail server',
  port: 'TCP port',
  tls: 'How the connection is protected',
  user: 'Login name; without it nobody logs in',
}

const DURATION_PATTERN = inputSchema(duration).pattern
const SIZE_PATTERN = inputSchema(byteSize).pattern

interface Field {
  path: string
  schema: JsonSchema
  required: boolean
}

/** Markdown table of every field of an object, nested ones by their dotted path. */
export function fieldTable(schema: JsonSchema): string {
  const rows = fields(schema, '').map(({ path, schema: field, required }) => {
    const example = field.examples?.[0]
    const words = [
      `${describe(path, field)}.`,
      ...(example === undefined ? [] : [`Example: ${code(example)}.`]),
    ]
    return `| \`${path}\` | ${typeText(field)} | ${standard(field, required)} | ${words.join(' ')} |`
  })
  return ['| Field | Type | Default | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** Throws for a field that nobody has explained: the reference has no empty cells. */
function describe(path: string, field: JsonSchema): string {
  const last = path.replace(/\[\]$/, '').split('.').at(-1) ?? ''
  const words = PATH_WORDS[path] ?? field.description ?? COMMON_WORDS[last]
  if (!words) throw new Error(`the field ${path} has no description: give its schema .meta({ description })`)
  return words.replace(/\.$/, '').replaceAll('|', '\\|')
}

function fields(schema: JsonSchema, prefix: string): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix ? `${prefix}.${name}` : name
    const required = schema.required?.includes(name) ?? false
    return [{ path, schema: field, required }, ...nested(path, field)]
  })
}

function nested(path: string, field: JsonSchema): Field[] {
  if (field.properties) return fields(field, path)
  if (field.items?.properties) return fields(field.items, `${path}[]`)
  return []
}

function standard(field: JsonSchema, required: boolean): string {
  if (field.const !== undefined) return `always ${code(field.const)}`
  if (required) return '**required**'
  return field.default === undefined ? '–' : code(field.default)
}

export function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum) return schema.enum.map(code).join(', ')
  const branches = schema.anyOf ?? schema.oneOf
  if (branches) return [...new Set(branches.flatMap(variants).map(typeText))].join(' or ')
  if (schema.type === 'array') return `list of ${schema.items ? typeText(schema.items) : 'anything'}`
  if (schema.type === 'object') return objectText(schema)
  if (schema.type === 'integer') return `whole number${range(schema)}`
  if (schema.type === 'number') return `number${range(schema)}`
  if (schema.type === 'boolean') return 'true or false'
  if (schema.pattern !== undefined && schema.pattern === DURATION_PATTERN) return 'duration'
  if (schema.pattern !== undefined && schema.pattern === SIZE_PATTERN) return 'size'
  return schema.type === 'string' ? 'text' : 'anything'
}

function objectText(schema: JsonSchema): string {
  const names = Object.keys(schema.properties ?? {})
  return names.length > 0 && names.length <= 2 ? `group of ${names.map(code).join(', ')}` : 'group'
}

function range({ minimum, maximum }: JsonSchema): string {
  if (minimum === undefined || maximum === undefined) return ''
  return maximum >= Number.MAX_SAFE_INTEGER ? ` from ${minimum}` : ` from ${minimum} to ${maximum}`
}

function code(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `\`${text.replaceAll('|', '\\|')}\``
}
