import { joined, type Outcome, type Settings } from './settings.ts'
import type { Branch } from './yaml-tree.ts'

/** A group of settings, and how its values are read: each mistake is told at its place, with what to do. */
export class Section {
  readonly path: string
  readonly branch: Branch
  private readonly settings: Settings

  constructor(settings: Settings, path: string, branch: Branch) {
    this.settings = settings
    this.path = path
    this.branch = branch
  }

  /** Names of everything in it. */
  get keys(): readonly string[] {
    return this.branch.kind === 'map' ? [...this.branch.keys.keys()] : []
  }

  has(key: string): boolean {
    return this.keys.includes(key)
  }

  tell(key: string, outcome: Outcome, remark: string): void {
    this.settings.tell(joined(this.path, key), outcome, remark)
  }

  mistake(key: string, message: string, hint: string): void {
    this.settings.mistake(this.find(key) ?? this.branch, joined(this.path, key), message, hint)
  }

  /** The value is shown nowhere from here on. */
  hide(value: string): void {
    this.settings.hide(value)
  }

  /** A group in it; null when it is absent or empty, which is a mistake only with `hint`. */
  section(key: string, hint?: string): Section | null {
    const branch = this.find(key)
    if (branch?.kind === 'map') return new Section(this.settings, joined(this.path, key), branch)
    if (branch && !isNothing(branch)) this.mistake(key, `"${key}" is no group of settings`, GROUP_HINT)
    else if (hint !== undefined) this.mistake(key, `"${key}" is missing`, hint)
    return null
  }

  /** The groups of a list, such as `databases`. */
  sections(key: string): Section[] {
    const branch = this.find(key)
    if (!branch || isNothing(branch)) return []
    if (branch.kind !== 'list') {
      this.mistake(key, `"${key}" is no list`, 'Begin each entry with "- name: ...".')
      return []
    }
    return branch.items.flatMap((item, at) => {
      const path = `${joined(this.path, key)}[${at}]`
      if (item.kind === 'map') return [new Section(this.settings, path, item)]
      this.settings.mistake(item, path, 'the entry is no group of settings', GROUP_HINT)
      return []
    })
  }

  /** As it is written; null when it is absent or empty. */
  text(key: string): string | null {
    const branch = this.find(key)
    if (!branch || isNothing(branch)) return null
    if (branch.kind === 'text') return branch.text
    this.mistake(key, `"${key}" is no single value`, 'Write one value after the colon.')
    return null
  }

  /** As {@link text}, for what must be there. */
  required(key: string, hint: string): string | null {
    const text = this.text(key)
    const branch = this.find(key)
    if (text === null && (!branch || isNothing(branch))) this.mistake(key, `"${key}" is missing`, hint)
    return text
  }

  /** Everything that Python's YAML takes for true or false. */
  flag(key: string): boolean | null {
    const text = this.text(key)
    if (text === null) return null
    if (/^(true|yes|on)$/i.test(text)) return true
    if (/^(false|no|off)$/i.test(text)) return false
    this.mistake(key, `"${text}" is neither true nor false`, 'Write true or false.')
    return null
  }

  /** A number of at least `least`. */
  number(key: string, least: number): number | null {
    const text = this.text(key)
    if (text === null) return null
    const value = Number(text.replaceAll('_', ''))
    if (/^[+-]?[\d_]{1,12}(\.\d*)?$/.test(text) && value >= least) return value
    this.mistake(key, `"${text}" is no number of at least ${least}`, 'Write digits only.')
    return null
  }

  /** One of some words, in any case of letters. */
  word<T extends string>(key: string, words: readonly T[]): T | null {
    const text = this.text(key)
    if (text === null) return null
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase())
    if (found === undefined)
      this.mistake(key, `"${text}" is not one of ${words.join(', ')}`, `Write one of them.`)
    return found ?? null
  }

  /** The values of a list. */
  texts(key: string): string[] {
    const branch = this.find(key)
    if (!branch || isNothing(branch)) return []
    if (branch.kind === 'list') {
      const texts = branch.items.flatMap((item) =>
        item.kind === 'text' && item.text !== '' ? [item.text] : [],
      )
      if (texts.length === branch.items.length) return texts
      this.mistake(key, `an entry of "${key}" is no single value`, 'Write one name for each entry.')
      return []
    }
    this.mistake(key, `"${key}" is no list`, 'Write names in brackets, separated by commas: [cpu, mem].')
    return []
  }

  /** Whether it is there, and names nothing. */
  isEmptyList(key: string): boolean {
    const branch = this.find(key)
    return branch?.kind === 'list' && branch.items.length === 0
  }

  private find(key: string): Branch | undefined {
    this.settings.ask(this.path, key)
    return this.branch.kind === 'map' ? this.branch.keys.get(key) : undefined
  }
}

const GROUP_HINT = 'Write its settings in the lines below it, indented.'

function isNothing(branch: Branch): boolean {
  return branch.kind === 'text' && branch.text === ''
}
