import { HoldfastError, type JsonValue } from '@holdfast/contract'
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { FileProblem } from './problem.ts'
import { dottedPath } from './problem.ts'

/** More aliases than any configuration needs; expanding more is refused, so that a small file cannot fill the memory. */
const MAX_ALIASES = 100
/** Far more than any configuration needs; what reads a value afterwards calls itself for each level. */
const MAX_DEPTH = 100
const TOO_DEEP = 'the file is nested too deeply'

type Path = readonly (string | number)[]

/** One parsed file: its plain value, and where in the text each part of it stands. */
export interface YamlFile {
  file: string
  value: JsonValue
  problems: FileProblem[]
  problemAt(path: Path, message: string, hint?: string): FileProblem
}

/** Never throws for what stands in the text: syntax errors and repeated keys are problems of the result. */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const at = (offset: number, path: Path, message: string, hint?: string): FileProblem => {
    const { line, col } = lines.linePos(offset)
    const problem = {
      file,
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      path: dottedPath(path),
      message,
    }
    return hint === undefined ? problem : { ...problem, hint }
  }
  const problems = [...document.errors, ...document.warnings].map((error) =>
    at(error.pos[0], [], messageOf(error), SYNTAX_HINTS[error.code]),
  )
  const parsed: YamlFile = {
    file,
    value: null,
    problems: distinctLines(problems),
    problemAt: (path, message, hint) => at(offsetOf(document, path), path, message, hint),
  }
  if (problems.length > 0) return parsed
  try {
    const value = document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown
    // Only plain data goes on: this refuses an alias that contains itself, and turns what YAML knows more of into JSON.
    const plain = JSON.parse(JSON.stringify(value ?? null)) as JsonValue
    return isDeeper(plain, MAX_DEPTH)
      ? { ...parsed, problems: [at(0, [], TOO_DEEP)] }
      : { ...parsed, value: plain }
  } catch (thrown) {
    return { ...parsed, problems: [at(0, [], aliasMessage(thrown))] }
  }
}

const SYNTAX_HINTS: Partial<Record<string, string>> = {
  DUPLICATE_KEY: 'Keep one of the two; the second would silently win.',
  TAB_AS_INDENT: 'Indent with spaces.',
  BLOCK_AS_IMPLICIT_KEY: 'Put a text that contains ": " in quotes.',
  MULTIPLE_DOCS: 'Split the file at the line `---`.',
}

/** The parser reports that it ran out of stack like a mistake of syntax. */
function messageOf({ message }: Error): string {
  return message.includes('call stack') ? TOO_DEEP : firstLine(message)
}

function isDeeper(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1))
}

function firstLine(message: string): string {
  return message.split(/[\n;]/)[0] ?? message
}

/** One slip makes the parser stumble several times over the same line; the first stumble is the useful one. */
function distinctLines(problems: FileProblem[]): FileProblem[] {
  const seen = new Set<number>()
  return problems.filter((problem) => !seen.has(problem.line) && seen.add(problem.line))
}

function aliasMessage(thrown: unknown): string {
  if (thrown instanceof ReferenceError) return firstLine(thrown.message)
  if (thrown instanceof RangeError) return TOO_DEEP
  if (thrown instanceof TypeError) return 'an alias refers to a part that contains it'
  throw new HoldfastError('invariant-broken', 'a YAML file could not be turned into data', { cause: thrown })
}

/** Where the deepest existing part of a path begins: at its key in a map, at the entry in a list. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents
  let offset = isNode(node) ? startOf(node) : 0
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      if (!pair) return offset
      offset = startOf(pair.key as Node)
      node = pair.value
    } else if (isSeq(node) && typeof key === 'number') {
      const item = node.items[key]
      if (!isNode(item)) return offset
      offset = startOf(item)
      node = item
    } else return offset
  }
  return offset
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value)
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0
}
