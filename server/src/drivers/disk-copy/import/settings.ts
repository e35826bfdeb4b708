import type { ImportLine, ImportProblem } from '@holdfast/contract'
import { nearestWord } from '../../../kit/text/nearest-word.ts'
import { DEFAULTS, type IniEntry, type IniFile, parseIni, resolvedValue } from './ini-file.ts'

/** One setting with its value, ready to be taken over. */
export interface Setting extends IniEntry {
  value: string
}

export type Outcome = ImportLine['outcome']

const HIDDEN = '(hidden)'
const SECRET_KEY = /pass|secret|token|kennwort/
/** A shorter password stands in other values by chance. */
const SHORTEST_SOUGHT = 4

/** The settings of one file. Every one of them ends in a line of the report, whoever asks for it or not. */
export class Settings {
  readonly problems: ImportProblem[]
  private readonly file: IniFile
  private readonly told = new Map<IniEntry, Pick<ImportLine, 'outcome' | 'remark'>>()
  private readonly asked = new Set<string>()
  private readonly secrets: string[] = []

  constructor(text: string) {
    this.file = parseIni(text)
    this.problems = [...this.file.problems]
  }

  /** By any of its names, in any case of letters; null when it is absent or empty. */
  find(section: string, ...keys: string[]): Setting | null {
    for (const key of keys) this.asked.add(key)
    const entry = this.entryOf(section, keys)
    if (!entry) return null
    const found = resolvedValue(this.file, entry)
    if ('mistake' in found) {
      this.mistake(entry, `the value ${found.mistake}`, found.hint)
      return null
    }
    if (SECRET_KEY.test(entry.key)) this.secrets.push(found.value)
    if (found.value !== '') return { ...entry, value: found.value }
    this.tell(entry, 'unneeded', 'it is empty')
    return null
  }

  tell(setting: IniEntry, outcome: Outcome, remark: string): void {
    const own = this.file.entries.find(({ line }) => line === setting.line)
    if (own) this.told.set(own, { outcome, remark })
  }

  mistake({ section, key, line, column }: IniEntry, message: string, hint: string): void {
    const isTold = this.problems.some((other) => other.line === line && other.message === message)
    if (!isTold) this.problems.push({ line, column, path: `${section}.${key}`, message, hint })
  }

  /** A mistake of what is not there. */
  missing(section: string, key: string, hint: string): void {
    const line = this.file.entries.find((entry) => isNamed(entry.section, section))?.line ?? 1
    this.problems.push({ line, column: 1, path: `${section}.${key}`, message: `"${key}" is missing`, hint })
  }

  /** All of them, in the order of the file. */
  report(): ImportLine[] {
    return this.file.entries.map((entry) => ({
      setting: `${entry.section}.${entry.key}`,
      line: entry.line,
      value: this.shown(entry),
      ...(this.told.get(entry) ?? this.unknown(entry)),
    }))
  }

  private entryOf(section: string, keys: readonly string[]): IniEntry | undefined {
    const named = this.file.entries.filter(({ key }) => keys.includes(key))
    return (
      named.find((entry) => isNamed(entry.section, section)) ??
      named.find((entry) => entry.section === DEFAULTS)
    )
  }

  private unknown({ section, key }: IniEntry): Pick<ImportLine, 'outcome' | 'remark'> {
    if (section === DEFAULTS)
      return { outcome: 'unneeded', remark: 'other values refer to it; they are told with it filled in' }
    const known = nearestWord(key, [...this.asked])
    const hint = known === null ? '' : `; was \`${known}\` meant?`
    return {
      outcome: 'open',
      remark: `not taken over: the script has no such setting and never read it${hint}`,
    }
  }

  private shown(entry: IniEntry): string {
    const found = resolvedValue(this.file, entry)
    const value = 'value' in found ? found.value : entry.raw
    const isSecret =
      SECRET_KEY.test(entry.key) ||
      this.secrets.some(
        (secret) => value === secret || (secret.length >= SHORTEST_SOUGHT && value.includes(secret)),
      )
    return isSecret && value !== '' ? HIDDEN : value
  }
}

function isNamed(section: string, name: string): boolean {
  return section.toLowerCase() === name.toLowerCase()
}
