import { escapeKey, escapeMeasurement, stringValue } from './line-text.ts'
import { DAY_NS, type DatasetLine, type Span } from './measurements.ts'

const INTEGERS = ['9007199254740993', '9223372036854775807', '-9223372036854775808', '0', '-1']

const FLOATS = [
  '1',
  '1.0',
  '-0',
  '0.1',
  '1e21',
  '1e300',
  '1.7976931348623157e308',
  '5e-324',
  '123456789012345680',
  '0.30000000000000004',
  '1e-7',
  '9007199254740993',
  '100000000000000000000',
  '1234567.125',
]

const TEXTS = [
  '',
  '123',
  '1i',
  'true',
  't',
  'null',
  'a"b',
  'a\\b',
  'tail\\',
  '\\"',
  'new\nline',
  'tab\tx',
  'cr\rx',
  ' lead',
  'trail ',
  'a,b',
  'a=b',
  '日本',
  '🎉',
  '\u0001ctl',
  '\u2028ls',
  '<&>',
  'x'.repeat(60_000),
]

const BOOLEANS = ['true', 'false', 't', 'F', 'T', 'False']

const TAG_VALUES = [
  'a b',
  'a,b',
  'a=b',
  'a\\b',
  '"q"',
  "'q'",
  'ünï',
  '🎉',
  'C:\\dir\\file',
  'a\\\\b',
  'x;y',
  '%41',
  '<&>',
  'nul',
]

const KEYS = [
  'a b',
  'a,b',
  'a=b',
  '"q"',
  "it's",
  'sel*',
  'time2',
  'ünï',
  'a.b',
  '1num',
  'select',
  'a\\b',
  '/re/',
]

/** Whatever is hard to keep: limits of numbers, any character in values and names, times before 1970 and in 2100. */
export function* edge({ endNs }: Span): Iterable<DatasetLine> {
  let time = endNs - 10n * DAY_NS
  for (const line of edgeLines()) {
    const values = line.startsWith('edge,case=same,') || line.startsWith('edge,case=same2 ') ? 2 : 1
    yield [`${line} ${time}`, values]
    time += 1n
  }
  yield ['edge,case=epoch f=1 0', 1]
  yield ['edge,case=neg f=1 -1', 1]
  yield ['edge,case=neg f=1 -1000000000000000001', 1]
  yield ['edge,case=far f=1 4102444800123456789', 1]
}

function* edgeLines(): Iterable<string> {
  for (const value of INTEGERS) yield `edge,case=int i=${value}i`
  for (const value of FLOATS) yield `edge,case=float f=${value}`
  for (const value of TEXTS) yield `edge,case=str s=${stringValue(value)}`
  for (const value of BOOLEANS) yield `edge,case=bool b=${value}`
  for (const value of TAG_VALUES) yield `edge,case=tag,tv=${escapeKey(value)} f=1`
  for (const key of KEYS) {
    yield `edge,case=fkey ${escapeKey(key)}=1i`
    yield `edge,case=tkey,${escapeKey(key)}2=v f=2`
  }
  // A tag and a field of one name, and a series that has only the field.
  yield 'edge,case=same,dup=tagval dup="fieldval",f=3'
  yield 'edge,case=same2 dup="only field",f=4'
  yield 'edge,case=bothnull f=5'
}

export const QUOTED = 'm "quoted" it\'s'

export function* quoted({ endNs }: Span): Iterable<DatasetLine> {
  const start = endNs - 5n * DAY_NS
  for (let index = 0; index < 50; index += 1)
    yield [`${escapeMeasurement(QUOTED)},k=v${index % 3} v=${index} ${start + BigInt(index)}`, 1]
}
