import { type Control, type LogLevel, logLevel, type RunLogLine } from '@holdfast/contract'
import { Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import type { JsonFlag } from '../options.ts'
import { formatInstant } from '../output/format.ts'
import { printable, printableJson } from '../output/printable.ts'
import type { Style } from '../output/style.ts'
import { Interrupts } from './follow-runs.ts'

const PAGE_LINES = 1000
const POLL_MS = 500
/** Positions count from 0 or more; this is before the first. */
const BEFORE_FIRST = -1

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
  let after = BEFORE_FIRST
  while (interrupts.count === 0 && !cx.deps.io.isOutputGone) {
    // Asked before the lines are read: what a run writes last is there once it is finished.
    const { outcome } = await control.getRun(id)
    let lines: RunLogLine[]
    do {
      lines = await control.readLog(id, after, PAGE_LINES)
      for (const line of lines) {
        after = line.position
        if (worth.includes(line.level)) cx.line(options.json ? printableJson(line) : logText(cx, line))
      }
    } while (lines.length === PAGE_LINES && interrupts.count === 0 && !cx.deps.io.isOutputGone)
    if (!options.follow || outcome !== null) return
    await interrupts.pause(cx.deps.pollMs ?? POLL_MS)
  }
}

function logText(cx: CommandContext, line: RunLogLine): string {
  const { style } = cx
  const fields = Object.entries(line.fields).map(
    ([name, value]) =>
      `${name}=${typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value)}`,
  )
  const at = style.dim(formatInstant(line.at, cx.deps.io.env.TZ))
  const tail = fields.length > 0 ? `  ${style.dim(printable(fields.join(' ')))}` : ''
  return `${at}  ${levelText(style, line.level)}  ${printable(line.message)}${tail}`
}

function levelText(style: Style, level: LogLevel): string {
  const text = level.padEnd(7)
  if (level === 'error') return style.bad(text)
  return level === 'warning' ? style.warn(text) : style.dim(text)
}
