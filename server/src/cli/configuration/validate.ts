import { ERROR_KINDS } from '@holdfast/contract'
import { Command } from 'commander'
import { inFileOrder } from '../config-files/problem.ts'
import { loadConfig } from '../config-files/read-config.ts'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatCount } from '../output/format.ts'
import { problemLines } from '../report-error.ts'

export function validateCommand(cx: CommandContext): Command {
  return new Command('validate')
    .description('Check configuration files and print every mistake; needs no database')
    .argument('<path...>', 'files, or folders whose *.yaml and *.yml are read')
    .addOption(jsonOption('{valid, files, problems: {file, line, column, path, message, hint?}[]}'))
    .action(async (paths: string[], options: JsonFlag) => {
      const { document, sources, problems, brokenNames } = await loadConfig(paths)
      const later = cx.deps.local.checkConfig(document, brokenNames).map((problem) => sources.place(problem))
      const all = inFileOrder([...problems, ...later])
      const { files } = sources
      if (all.length > 0) cx.exit(ERROR_KINDS.config.exitCode)
      if (options.json) return cx.json({ valid: all.length === 0, files, problems: all })
      for (const problem of all) for (const line of problemLines(problem, cx.style)) cx.line(line)
      const checked = formatCount(files.length, 'file')
      const jobs = formatCount(document.jobs.length, 'job')
      if (all.length === 0) cx.line(`${cx.style.good('✔')} ${checked}, ${jobs}: no mistake`)
      else cx.line(`${cx.style.bad('✖')} ${checked}: ${formatCount(all.length, 'mistake')}`)
    })
}
