import type { ImportedConfig, ImportedSecret, ImportLine } from '@holdfast/contract'
import { printable } from '../output/printable.ts'
import type { Style } from '../output/style.ts'

const MARKS = {
  taken: ['✔', 'good', 'taken over'],
  changed: ['~', 'warn', 'taken over with a difference'],
  unneeded: ['-', 'dim', 'not needed any more'],
  open: ['!', 'bad', 'for you to see to'],
} as const satisfies Record<ImportLine['outcome'], readonly [string, keyof Style, string]>

/** Each setting with what became of it, how many of each, then what to do beside. Lines without their breaks. */
export function importLines({ lines, advice }: ImportedConfig, style: Style): string[] {
  const report = lines.flatMap(({ setting, line, value, outcome, remark }) => {
    const [mark, colour] = MARKS[outcome]
    const place = line === null ? '' : style.dim(` (line ${line})`)
    return [`${style[colour](mark)} ${printable(`${setting}: ${value}`)}${place}`, `    ${printable(remark)}`]
  })
  const amounts = (Object.keys(MARKS) as ImportLine['outcome'][]).flatMap((outcome) => {
    const count = lines.filter((line) => line.outcome === outcome).length
    return count > 0 ? [`${count} ${MARKS[outcome][2]}`] : []
  })
  return [...report, '', `${amounts.join(', ')}.`, ...advice.map((text) => `* ${printable(text)}`)]
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
