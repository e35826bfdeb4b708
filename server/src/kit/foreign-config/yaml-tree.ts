import type { ImportProblem } from '@holdfast/contract'
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml'

/** A part of a YAML file with the place where it stands. Lines and columns count from 1. */
export type Branch = Place &
  (
    | { kind: 'map'; keys: ReadonlyMap<string, Branch> }
    | { kind: 'list'; items: readonly Branch[] }
    /** As it is written, without quotes: `007` stays `007`, `yes` stays `yes`; empty for what is left out or null. */
    | { kind: 'text'; text: string }
  )

export interface Place {
  line: number
  column: number
}

/** More than any configuration holds; aliases would let a small file stand for endless data. */
const MOST_BRANCHES = 5_000
const MOST_LEVELS = 30

/**
 * Reads YAML as Python's safe loader does, merge keys (`<<`) included, but keeps every text as it is written. Never
 * throws for what stands in it, and no problem repeats any of it: it may be a password.
 */
export function parseTree(text: string): { tree: Branch | null; problems: ImportProblem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    ...placeOf(error.pos[0]),
    path: '',
    ...(MISTAKES[error.code] ?? OTHER_MISTAKE),
  }))
  // One slip makes the parser stumble several times over the same line.
  const first = problems.filter(({ line }, at) => problems.findIndex((other) => other.line === line) === at)
  if (first.length > 0 || document.contents === null) return { tree: null, problems: first }
  try {
    return { tree: new Grower(document, placeOf).grow(document.contents, 0, null), problems: [] }
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown
    return { tree: null, problems: [{ path: '', ...thrown.mistake }] }
  }
}

class Unreadable extends Error {
  readonly mistake: Place & Mistake

  constructor(mistake: Place & Mistake) {
    super(mistake.message)
    this.mistake = mistake
  }
}

class Grower {
  private readonly document: ReturnType<typeof parseDocument>
  private readonly placeOf: (offset: number) => Place
  private count = 0

  constructor(document: ReturnType<typeof parseDocument>, placeOf: (offset: number) => Place) {
    this.document = document
    this.placeOf = placeOf
  }

  /** `place` is that of the key; without it the branch stands where it begins itself. */
  grow(written: unknown, level: number, place: Place | null): Branch {
    this.count += 1
    if (this.count > MOST_BRANCHES || level > MOST_LEVELS) {
      throw new Unreadable({ line: 1, column: 1, ...TOO_MUCH })
    }
    const here = place ?? this.placeOf(offsetOf(written))
    const node = isAlias(written) ? written.resolve(this.document) : written
    if (node === undefined) throw new Unreadable({ ...here, ...NO_ANCHOR })
    if (isMap(node)) return { ...here, kind: 'map', keys: this.keysOf(node.items, level) }
    if (isSeq(node)) {
      return { ...here, kind: 'list', items: node.items.map((item) => this.grow(item, level + 1, null)) }
    }
    return { ...here, kind: 'text', text: textOf(node) }
  }

  private keysOf(pairs: readonly { key: unknown; value: unknown }[], level: number): Map<string, Branch> {
    const keys = new Map<string, Branch>()
    const merged: Branch[] = []
    for (const { key, value } of pairs) {
      const place = this.placeOf(offsetOf(key))
      if (textOf(key) === '<<') merged.push(this.grow(value, level + 1, null))
      else keys.set(textOf(key), this.grow(value, level + 1, place))
    }
    for (const part of merged.flatMap((branch) => (branch.kind === 'list' ? branch.items : [branch]))) {
      if (part.kind !== 'map') continue
      // What is written out wins over what is merged in.
      for (const [key, branch] of part.keys) if (!keys.has(key)) keys.set(key, branch)
    }
    return keys
  }
}

function textOf(node: unknown): string {
  if (!isScalar(node) || node.value === null) return ''
  return node.source ?? String(node.value)
}

function offsetOf(node: unknown): number {
  return ((node as Node | null)?.range ?? [0])[0]
}

type Mistake = Pick<ImportProblem, 'message' | 'hint'>

const OTHER_MISTAKE: Mistake = {
  message: 'this is not YAML',
  hint: 'Put a value that holds other characters than letters and digits into quotes, and look at the lines above.',
}
const NO_ANCHOR: Mistake = {
  message: 'an alias (*) that no anchor (&) stands for',
  hint: 'Put a value that begins with * into quotes.',
}
const TOO_MUCH: Mistake = {
  message: 'the file is nested too deeply, or its aliases stand for too much',
  hint: 'Write out what the aliases stand for.',
}
const MISTAKES: Partial<Record<YAMLError['code'], Mistake>> = {
  DUPLICATE_KEY: {
    message: 'the same key stands here a second time',
    hint: 'Keep one of the two; the second silently won until now.',
  },
  TAB_AS_INDENT: { message: 'a tab at the beginning of the line', hint: 'Indent with spaces.' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a value that looks like a key',
    hint: 'Put a text that contains ": " in quotes.',
  },
  BAD_INDENT: {
    message: 'the line is indented in a way that fits none above',
    hint: 'Indent what belongs together by the same number of spaces.',
  },
  MULTIPLE_DOCS: {
    message: 'a second document begins here',
    hint: 'Split the file at the line `---`.',
  },
}
