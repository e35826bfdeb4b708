import { badArgument, LabError } from '../store/lab-error.ts'

type Check = (field: string, values: readonly string[]) => boolean

const has = (value: string | undefined, test: (text: string) => boolean) => test((value ?? '').toLowerCase())

/** Operators that compare; those of texts look past the case of letters. A field that is empty passes none. */
const CHECKS: Readonly<Record<string, Check>> = {
  equal: (field, [value]) => field === value,
  like: (field, [value]) => has(value, (text) => field.toLowerCase().includes(text.replaceAll('%', ''))),
  contain: (field, [value]) => has(value, (text) => field.toLowerCase().includes(text)),
  begin: (field, [value]) => has(value, (text) => field.toLowerCase().startsWith(text)),
  end: (field, [value]) => has(value, (text) => field.toLowerCase().endsWith(text)),
  in: (field, values) => values.includes(field),
  greater: (field, [value]) => order(field, value) > 0,
  less: (field, [value]) => order(field, value) < 0,
  between: (field, [low, high]) => order(field, low) >= 0 && order(field, high) <= 0,
  true: (field) => field === 'true',
  false: (field) => field === 'false',
}

/** Each is the opposite of another, and lets a field that is empty pass. */
const OPPOSITES: Readonly<Record<string, string>> = {
  notequal: 'equal',
  notcontain: 'contain',
  notbegin: 'begin',
  notend: 'end',
}

const NOT_SIMULATED = [
  'overlap',
  'notoverlap',
  'description_contains',
  'description_notcontain',
  'description_begin',
  'description_notbegin',
  'description_end',
  'description_notend',
  'fulltext',
  'net_contained',
  'net_containedorequal',
  'net_contains',
  'net_containsorequal',
  'net_relation',
]

export const OPERATORS: ReadonlySet<string> = new Set([
  ...Object.keys(CHECKS),
  ...Object.keys(OPPOSITES),
  'isnull',
  'isnotnull',
  ...NOT_SIMULATED,
])

/** Whether a field passes an operator with its values. */
export function matches(operator: string, values: readonly string[]): (field: unknown) => boolean {
  if (operator === 'isnull') return (field) => field === null
  if (operator === 'isnotnull') return (field) => field !== null
  const opposite = OPPOSITES[operator]
  const check = CHECKS[opposite ?? operator]
  if (!check) throw new LabError(501, `the operator ${operator} is not simulated`, { isPlain: true })
  const needed = operator === 'between' ? 2 : operator === 'true' || operator === 'false' ? 0 : 1
  if (values.length < needed || (needed === 1 && operator !== 'in' && values.length > 1))
    throw badArgument(`invalid values for operator = ${operator}, found ${values.length}`)
  if (operator === 'in') {
    const wanted = new Set(values)
    return (field) => field !== null && wanted.has(String(field))
  }
  if (opposite !== undefined) return (field) => field === null || !check(String(field), values)
  return (field) => field !== null && check(String(field), values)
}

function order(field: string, value: string | undefined): number {
  const [a, b] = [Number(field), Number(value)]
  if (field !== '' && value !== '' && !Number.isNaN(a) && !Number.isNaN(b)) return a - b
  return field < (value ?? '') ? -1 : field > (value ?? '') ? 1 : 0
}
