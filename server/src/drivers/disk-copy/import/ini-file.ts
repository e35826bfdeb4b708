import type { ImportProblem } from '@holdfast/contract'

/**
 * Files of Python's `configparser` in its default settings, which are not those of other INI files: keys in any case of
 * letters, `=` or `:`, comments on lines of their own only, values that go on in indented lines, `%(name)s` and `%%`, a
 * section DEFAULT for all, nothing given twice.
 */

/** One setting as it stands in the file. Lines and columns count from 1. */
export interface IniEntry {
  section: string
  /** In small letters. */
  key: string
  /** Before `%` is resolved; lines of it are separated by `\n`. */
  raw: string
  line: number
  column: number
}

export interface IniFile {
  /** In the order of the file. */
  entries: readonly IniEntry[]
  problems: readonly ImportProblem[]
}

/** Lends its settings to all other sections. */
export const DEFAULTS = 'DEFAULT'

type Open = Omit<IniEntry, 'raw'> & { lines: string[]; indent: number }

/** Never throws: what cannot be read is a problem of the result. */
export function parseIni(text: string): IniFile {
  const reader = new Reader()
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) reader.take(line, index + 1)
  const entries = reader.entries.map(({ lines, indent: _, ...entry }) => ({
    ...entry,
    raw: lines.join('\n').trimEnd(),
  }))
  return { entries, problems: reader.problems }
}

class Reader {
  readonly entries: Open[] = []
  readonly problems: ImportProblem[] = []
  private section: string | null = null
  private open: Open | null = null
  /** Of what is given already, where: each once. */
  private readonly seen = new Map<string, number>()

  take(line: string, number: number): void {
    const content = line.trim()
    if (/^[#;]/.test(content)) return
    if (content === '') {
      this.open?.lines.push('')
      return
    }
    const indent = line.length - line.trimStart().length
    if (this.open && indent > this.open.indent) {
      this.open.lines.push(content)
      return
    }
    const place = { line: number, column: indent + 1 }
    const section = /^\[(.+)\]/.exec(content)?.[1]
    if (section !== undefined) this.begin(section, place)
    else this.set(content, indent, place)
  }

  private begin(section: string, place: Place): void {
    this.open = null
    this.section = section
    this.once(
      section === DEFAULTS ? DEFAULTS : section.toLowerCase(),
      `the section [${section}]`,
      section,
      place,
    )
  }

  private set(content: string, indent: number, place: Place): void {
    this.open = null
    const [, written = '', value = ''] = /^(.*?)\s*[=:]\s*(.*)$/s.exec(content) ?? []
    const { section } = this
    if (section === null) {
      this.complain(
        place,
        '',
        'a setting stands before the first section',
        'Write the name of its section above it, such as [Backup].',
      )
    } else if (written === '') {
      // What stands here may be the rest of a password: it is not repeated.
      this.complain(
        place,
        section,
        'a line that is neither "key = value" nor a section',
        'Indent it when it belongs to the value above, or begin it with # when it is a remark.',
      )
    } else {
      const key = written.toLowerCase()
      this.open = { section, key, lines: [value], indent, ...place }
      if (this.once(`${section.toLowerCase()}\n${key}`, `"${key}"`, `${section}.${key}`, place))
        this.entries.push(this.open)
    }
  }

  private once(id: string, what: string, path: string, place: Place): boolean {
    const first = this.seen.get(id)
    this.seen.set(id, first ?? place.line)
    if (first === undefined) return true
    this.complain(place, path, `${what} is given twice, first in line ${first}`, 'Keep one of the two.')
    return false
  }

  private complain(place: Place, path: string, message: string, hint: string): void {
    this.problems.push({ ...place, path, message, hint })
  }
}

interface Place {
  line: number
  column: number
}

const MOST_LEVELS = 10

/**
 * The value with `%` resolved: `%%` is a percent sign, `%(name)s` the setting of that name in the same section or in
 * DEFAULT. What is wrong with it otherwise, in words that do not repeat it.
 */
export function resolvedValue(
  { entries }: IniFile,
  { section, raw }: IniEntry,
): { value: string } | { mistake: string; hint: string } {
  const known = (name: string) =>
    entries.find((entry) => entry.key === name && entry.section === section) ??
    entries.find((entry) => entry.key === name && entry.section === DEFAULTS)
  let failure: { mistake: string; hint: string } | null = null
  const resolve = (text: string, level: number): string =>
    text.replace(/%(?:%|\(([^)]*)\)s|)/g, (found, name: string | undefined) => {
      if (found === '%%') return '%'
      const other = name === undefined ? undefined : known(name.toLowerCase())
      if (other && level < MOST_LEVELS) return resolve(other.raw, level + 1)
      if (other) failure ??= { mistake: 'refers to itself', hint: 'Write the value out.' }
      else if (name === undefined)
        failure ??= { mistake: 'holds a single %', hint: 'Write %% for a percent sign.' }
      else
        failure ??= {
          mistake: `refers to "${name}", which is not set`,
          hint: `Set "${name}" in the same section or in [DEFAULT].`,
        }
      return ''
    })
  const value = resolve(raw, 1)
  return failure ?? { value }
}
