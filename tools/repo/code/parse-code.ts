import { posix } from 'node:path'
import { parseSync } from 'vite'
import type { SourceText } from '../repository.ts'

export interface ImportEdge {
  /** As written: `./run-job.ts`, `@holdfast/contract`, `node:fs`. */
  specifier: string
  /** Path of the imported file relative to the checkout; null for a package. */
  target: string | null
  /** Erased before the code runs. */
  isTypeOnly: boolean
  line: number
}

export interface FunctionSize {
  name: string
  line: number
  /** Lines from first to last, without those of the functions written inside it: each of them is counted by itself. */
  ownLines: number
}

export interface Literal {
  value: string
  line: number
}

/** A code file as the rules see it. */
export interface CodeFile {
  path: string
  lineCount: number
  imports: ImportEdge[]
  functions: FunctionSize[]
  /** Every string written out in code, wherever it stands. */
  strings: Literal[]
  /** The first argument of each `new HoldfastError(…)` that is written out. */
  thrownCodes: Literal[]
  /** The text with comments blanked, line by line as in the file. */
  withoutComments: string
}

/** What a rule looks at in the tree; the shape differs by type of node, so every field may be absent. */
interface TreeNode {
  type: string
  start: number
  end: number
  [field: string]: unknown
}

const CONTRACT_PACKAGE = '@holdfast/contract'

/** Throws on a file that does not parse: the type checker says more about it. */
export function parseCode({ path, text }: SourceText): CodeFile {
  const parsed = parseSync(path, text, { lang: path.endsWith('x') ? 'tsx' : 'ts' })
  if (parsed.errors.length > 0) throw new Error(`${path} does not parse: ${parsed.errors[0]?.message}`)
  const lineAt = lineFinder(text)
  const file: CodeFile = {
    path,
    lineCount: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: [],
    functions: [],
    strings: [],
    thrownCodes: [],
    withoutComments: blank(text, parsed.comments),
  }
  visit(parsed.program, (node, ancestors) => {
    file.imports.push(...importsAt(node, path, lineAt))
    const value = stringValue(node)
    if (value !== null) file.strings.push({ value, line: lineAt(node.start) })
    const code = thrownCode(node)
    if (code !== null) file.thrownCodes.push({ value: code, line: lineAt(node.start) })
    if (isFunction(node)) file.functions.push(functionSize(node, ancestors, lineAt))
  })
  return file
}

function visit(root: unknown, see: (node: TreeNode, ancestors: TreeNode[]) => void): void {
  const descend = (value: unknown, ancestors: TreeNode[]): void => {
    if (Array.isArray(value)) for (const item of value) descend(item, ancestors)
    else if (isNode(value)) {
      see(value, ancestors)
      const below = [...ancestors, value]
      for (const child of Object.values(value)) descend(child, below)
    }
  }
  descend(root, [])
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function isFunction(node: TreeNode): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)
}

function stringValue(node: TreeNode): string | null {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TemplateElement') return String(Object(node.value).cooked ?? '')
  return null
}

function thrownCode(node: TreeNode): string | null {
  if (node.type !== 'NewExpression' || Object(node.callee).name !== 'HoldfastError') return null
  const [first] = Array.isArray(node.arguments) ? node.arguments : []
  return isNode(first) ? stringValue(first) : null
}

function importsAt(node: TreeNode, path: string, lineAt: (offset: number) => number): ImportEdge[] {
  if (!/^(Import(Declaration|Expression)|Export(All|Named)Declaration|TSImportType)$/.test(node.type))
    return []
  const specifier = isNode(node.source) ? stringValue(node.source) : null
  if (specifier === null) return []
  const target = targetOf(specifier, path)
  return [{ specifier, target, isTypeOnly: isTypeOnly(node), line: lineAt(node.start) }]
}

function isTypeOnly(node: TreeNode): boolean {
  if (node.type === 'TSImportType') return true
  if (node.importKind === 'type' || node.exportKind === 'type') return true
  const names = Array.isArray(node.specifiers) ? node.specifiers : []
  return names.length > 0 && names.every((name) => name.importKind === 'type' || name.exportKind === 'type')
}

function targetOf(specifier: string, from: string): string | null {
  if (specifier === CONTRACT_PACKAGE) return 'contract/src/index.ts'
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : null
}

function functionSize(
  node: TreeNode,
  ancestors: TreeNode[],
  lineAt: (offset: number) => number,
): FunctionSize {
  const linesOf = ({ start, end }: TreeNode) => lineAt(end) - lineAt(start) + 1
  let inner = 0
  const count = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) count(item)
    else if (isNode(value)) {
      if (isFunction(value)) inner += linesOf(value) - 1
      else for (const child of Object.values(value)) count(child)
    }
  }
  for (const child of Object.values(node)) count(child)
  const parent = ancestors.at(-1)
  const named = [node.id, parent?.id, parent?.key].find(isNode)
  const name = named && typeof named.name === 'string' ? named.name : 'a function'
  return { name, line: lineAt(node.start), ownLines: Math.max(1, linesOf(node) - inner) }
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}

function blank(text: string, spans: readonly { start: number; end: number }[]): string {
  let out = ''
  let from = 0
  for (const { start, end } of spans) {
    out += text.slice(from, start) + text.slice(start, end).replace(/[^\n]/g, ' ')
    from = end
  }
  return out + text.slice(from)
}
