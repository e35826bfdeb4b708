import { type Control, type LogLevel, logLevel } from '@holdfast/contract'
import { Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import type { JsonFlag } from '../options.ts'
import { printableJson } from '../output/printable.ts'
import { LogReader, logText } from '../output/run-logs.ts'
import { Interrupts } from './follow-runs.ts'

const POLL_MS = 500

interface LogOptions extends JsonFlag {
  follow?: boolean
  level: LogLevel
}

export function logsCommand(cx: CommandContext): Command {
  return new Command('logs')
    .description('Print the log of a run')
    .argument('<run>', 'id of a run')
    .option('-f, --follow', 'go on until the run is finished')
    .addOption(
      new Option('--level <level>', 'only lines of this level or worse')
        .choices(logLevel.options)
        .default('debug'),
    )
    .option('--json', 'print one RunLogLine as JSON per line')
    .action((ref: string, options: LogOptions) =>
      cx.withControl((control) => printLog(cx, control, ref, options)),
    )
}

async function printLog(
  cx: CommandContext,
  control: Control,
  ref: string,
  options: LogOptions,
): Promise<void> {
  using interrupts = new Interrupts(cx)
  const worth = logLevel.options.slice(logLevel.options.indexOf(options.level))
  const { id } = await control.getRun(ref)
  const reader = new LogReader(control, id)
  while (interrupts.count === 0 && !cx.deps.io.isOutputGone) {
    // Asked before the lines are read: what a run writes last is there once it is finished.
    const { outcome } = await control.getRun(id)
    for await (const line of reader.news()) {
      if (worth.includes(line.level)) cx.line(options.json ? printableJson(line) : logText(cx, line))
      if (interrupts.count > 0 || cx.deps.io.isOutputGone) break
    }
    if (!options.follow || outcome !== null) return
    await interrupts.pause(cx.deps.pollMs ?? POLL_MS)
  }
}
