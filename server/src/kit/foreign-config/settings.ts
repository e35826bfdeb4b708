import type { ImportLine, ImportProblem } from '@holdfast/contract'
import { nearestWord } from '../text/nearest-word.ts'
import type { Branch } from './yaml-tree.ts'

export type Outcome = ImportLine['outcome']

const HIDDEN = '(hidden)'
const SECRET_KEY = /pass|secret|token|credential|api_?key/i
const URL_LOGIN = /\/\/[^/\s]*@/g
/** A shorter password stands in other values by chance. */
const SHORTEST_SOUGHT = 4

/** The settings of one file. Every one of them ends in a line of the report, whoever asks for it or not. */
export class Settings {
  readonly problems: ImportProblem[] = []
  private readonly told = new Map<string, Pick<ImportLine, 'outcome' | 'remark'>>()
  /** Keys that were asked for, by the path of their section. */
  private readonly asked = new Map<string, Set<string>>()
  private readonly secrets: string[] = []
  private readonly tree: Branch

  constructor(tree: Branch) {
    this.tree = tree
  }

  tell(path: string, outcome: Outcome, remark: string): void {
    this.told.set(path, { outcome, remark })
  }

  mistake({ line, column }: Branch, path: string, message: string, hint: string): void {
    const isTold = this.problems.some((other) => other.path === path && other.message === message)
    if (!isTold) this.problems.push({ line, column, path, message, hint })
  }

  ask(section: string, key: string): void {
    this.asked.set(section, (this.asked.get(section) ?? new Set()).add(key))
  }

  /** From here on it is shown nowhere. */
  hide(secret: string): void {
    this.secrets.push(secret)
  }

  /** All of them, in the order of the file. */
  report(): ImportLine[] {
    const leaves = leavesOf(this.tree, '', '').map((leaf) => ({ ...leaf, told: this.toldOf(leaf.path) }))
    const used = new Set(leaves.flatMap(({ told, branch }) => (told ? [placeOf(branch)] : [])))
    return leaves.map(({ section, key, path, branch, told }) => ({
      setting: path,
      line: branch.line,
      value: this.shown(key, textOf(branch)),
      ...(told ?? (used.has(placeOf(branch)) ? ELSEWHERE : this.unknown(section, key, branch))),
    }))
  }

  /** A remark about a whole section stands for everything in it that nothing else is told of. */
  private toldOf(path: string): Pick<ImportLine, 'outcome' | 'remark'> | undefined {
    const sections = [...this.told.keys()].filter((told) => path === told || isWithin(path, told))
    const nearest = sections.reduce((best, told) => (told.length >= best.length ? told : best), '')
    return this.told.get(nearest)
  }

  private unknown(section: string, key: string, branch: Branch): Pick<ImportLine, 'outcome' | 'remark'> {
    if (isEmpty(branch)) return { outcome: 'unneeded', remark: 'it is empty' }
    const known = nearestWord(key, [...(this.asked.get(section) ?? [])])
    const hint = known === null || known === key ? '' : `; was \`${known}\` meant?`
    return { outcome: 'open', remark: `not taken over: there was no such setting here${hint}` }
  }

  private shown(key: string, text: string): string {
    const isSecret =
      SECRET_KEY.test(key) ||
      this.secrets.some(
        (secret) => text === secret || (secret.length >= SHORTEST_SOUGHT && text.includes(secret)),
      )
    return isSecret && text !== '' ? HIDDEN : text.replace(URL_LOGIN, `//${HIDDEN}@`)
  }
}

/** What an anchor names is told of wherever its alias stands. */
const ELSEWHERE = { outcome: 'unneeded', remark: 'told of where it is used' } as const

function placeOf({ line, column }: Branch): string {
  return `${line}:${column}`
}

interface Leaf {
  section: string
  key: string
  path: string
  branch: Branch
}

/** What a person would call a setting: a value, a list of values, or a section with nothing in it. */
function leavesOf(branch: Branch, section: string, key: string): Leaf[] {
  const path = joined(section, key)
  if (branch.kind === 'map' && branch.keys.size > 0)
    return [...branch.keys].flatMap(([name, part]) => leavesOf(part, path, name))
  if (branch.kind === 'list' && branch.items.some(({ kind }) => kind !== 'text'))
    return branch.items.flatMap((item, at) => leavesOf(item, section, `${key}[${at}]`))
  return path === '' ? [] : [{ section, key, path, branch }]
}

function isWithin(path: string, section: string): boolean {
  return path.startsWith(`${section}.`) || path.startsWith(`${section}[`)
}

export function joined(section: string, key: string): string {
  return section === '' || key === '' ? section || key : `${section}.${key}`
}

function isEmpty(branch: Branch): boolean {
  if (branch.kind === 'text') return branch.text === ''
  return branch.kind === 'map' ? branch.keys.size === 0 : branch.items.length === 0
}

function textOf(branch: Branch): string {
  if (branch.kind === 'text') return branch.text
  return branch.kind === 'list' ? branch.items.map(textOf).join(', ') : ''
}
