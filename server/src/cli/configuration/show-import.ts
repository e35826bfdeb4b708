import type { ImportedConfig, ImportedSecret, ImportLine } from '@holdfast/contract'
import type { ImportedFile } from '../config-files/foreign.ts'
import type { CommandContext } from '../context.ts'
import { printable } from '../output/printable.ts'
import type { Style } from '../output/style.ts'

const MARKS = {
  taken: ['✔', 'good', 'taken over'],
  changed: ['~', 'warn', 'taken over with a difference'],
  unneeded: ['-', 'dim', 'not needed any more'],
  open: ['!', 'bad', 'for you to see to'],
} as const satisfies Record<ImportLine['outcome'], readonly [string, keyof Style, string]>

export interface ShownLines {
  /** Of the settings, only those of which this became; without it all of them, and what to do beside. */
  only?: readonly ImportLine['outcome'][]
}

/** Each setting with what became of it, how many of each, then what to do beside. Lines without their breaks. */
export function importLines(
  { lines, advice }: Pick<ImportedConfig, 'lines' | 'advice'>,
  style: Style,
  { only }: ShownLines = {},
): string[] {
  const shown = only ? lines.filter(({ outcome }) => only.includes(outcome)) : lines
  const report = shown.flatMap(({ setting, line, value, outcome, remark }) => {
    const [mark, colour] = MARKS[outcome]
    const place = line === null ? '' : style.dim(` (line ${line})`)
    return [`${style[colour](mark)} ${printable(`${setting}: ${value}`)}${place}`, `    ${printable(remark)}`]
  })
  const amounts = (Object.keys(MARKS) as ImportLine['outcome'][]).flatMap((outcome) => {
    const count = lines.filter((line) => line.outcome === outcome).length
    return count > 0 ? [`${count} ${MARKS[outcome][2]}`] : []
  })
  if (only) return [...report, `${amounts.join(', ')}.`]
  return [...report, '', `${amounts.join(', ')}.`, ...advice.map((text) => `* ${printable(text)}`)]
}

/** What became of files of other programs: what a person has to see to, with `verbose` every setting. */
export function showImports(
  cx: CommandContext,
  imports: readonly ImportedFile[],
  { verbose }: { verbose: boolean },
): void {
  for (const { file, importer, imported } of imports) {
    cx.line(printable(`${file}: ${importer.title}`))
    const lines = importLines(imported, cx.style, verbose ? {} : { only: ['open'] })
    for (const line of lines) cx.line(line === '' ? line : `  ${line}`)
  }
}

/** How to enter the secrets, where that is left to a person. */
export function secretLines(secrets: readonly ImportedSecret[]): string[] {
  if (secrets.length === 0) return []
  return [
    'Enter its secrets before it is put in force, or let --apply do it:',
    ...secrets.map(({ name, purpose, value }) => {
      const madeUp = value === null ? '; any text of your own, such as `openssl rand -hex 24` prints' : ''
      return printable(`    holdfast secret set ${name}   (${purpose}${madeUp})`)
    }),
  ]
}
