import { ERROR_KINDS } from '@holdfast/contract'
import { Command } from 'commander'
import { inFileOrder } from '../config-files/problem.ts'
import { loadConfig } from '../config-files/read-config.ts'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatCount } from '../output/format.ts'
import { problemLines } from '../report-error.ts'
import { showImports } from './show-import.ts'

export const VALIDATED = '{valid, files, problems: {file, line, column, path, message, hint?}[]}'

export function validateCommand(cx: CommandContext): Command {
  return new Command('validate')
    .description(
      'Check configuration files, also of other programs, and print every mistake; needs no database',
    )
    .argument('<path...>', 'files, or folders whose *.yaml and *.yml are read')
    .addOption(jsonOption(VALIDATED))
    .action((paths: string[], options: JsonFlag) =>
      validateFiles(cx, paths, { json: options.json === true, verbose: false }),
    )
}

/** Prints every mistake of every file and sets the exit code; changes nothing and needs no database. */
export async function validateFiles(
  cx: CommandContext,
  paths: readonly string[],
  { json, verbose }: { json: boolean; verbose: boolean },
): Promise<void> {
  const [importers, local] = await Promise.all([cx.deps.importers(), cx.deps.local()])
  const loaded = await loadConfig(paths, { importers, env: cx.deps.io.env })
  const { document, sources, problems, brokenNames, imports } = loaded
  const later = local.checkConfig(document, brokenNames).map((problem) => sources.place(problem))
  const all = inFileOrder([...problems, ...later])
  const { files } = sources
  if (all.length > 0) cx.exit(ERROR_KINDS.config.exitCode)
  if (json) return cx.json({ valid: all.length === 0, files, problems: all })
  showImports(cx, imports, { verbose })
  for (const problem of all) for (const line of problemLines(problem, cx.style)) cx.line(line)
  const checked = formatCount(files.length, 'file')
  const jobs = formatCount(document.jobs.length, 'job')
  if (all.length === 0) cx.line(`${cx.style.good('✔')} ${checked}, ${jobs}: no mistake`)
  else cx.line(`${cx.style.bad('✖')} ${checked}: ${formatCount(all.length, 'mistake')}`)
}
