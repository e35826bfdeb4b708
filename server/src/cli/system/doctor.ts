import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { OUTCOME_EXIT_CODES } from '../exit-codes.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { printable } from '../output/printable.ts'

export function doctorCommand(cx: CommandContext): Command {
  return new Command('doctor')
    .description('Check everything the jobs need: tools, rights, vaults, sources, the database')
    .addOption(jsonOption('Finding[]'))
    .action((options: JsonFlag) =>
      cx.withControl(async (control) => {
        const findings = await control.doctor()
        const levels = findings.map((finding) => finding.level)
        if (levels.includes('error')) cx.exit(OUTCOME_EXIT_CODES.failed)
        else if (levels.includes('warning')) cx.exit(OUTCOME_EXIT_CODES.warning)
        if (options.json) return cx.json(findings)
        for (const finding of findings) {
          cx.line(`${cx.style.level(finding.level)}  ${printable(`${finding.subject}: ${finding.message}`)}`)
          if (finding.hint !== undefined) cx.line(`    ${cx.style.hint(printable(finding.hint))}`)
        }
      }),
    )
}
