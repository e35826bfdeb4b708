import type { Control, LogLevel, Run, RunLogLine } from '@holdfast/contract'
import type { CommandContext } from '../context.ts'
import { formatInstant } from './format.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'

const PAGE_LINES = 1000
/** Positions count from 0 or more; this is before the first. */
const BEFORE_FIRST = -1

/** The logs of several runs as they are written, each line with the name of its job. */
export class RunLogs {
  private readonly cx: CommandContext
  private readonly control: Control
  private readonly readers = new Map<string, LogReader>()

  constructor(cx: CommandContext, control: Control) {
    this.cx = cx
    this.control = control
  }

  /** Prints what is new. */
  async print(runs: readonly Run[]): Promise<void> {
    for (const { id, jobName } of runs) {
      const reader = this.readers.get(id) ?? new LogReader(this.control, id)
      this.readers.set(id, reader)
      for await (const line of reader.news()) this.cx.line(logText(this.cx, line, jobName))
    }
  }
}

/** Reads each line of a log once. */
export class LogReader {
  private readonly control: Control
  private readonly id: string
  private after = BEFORE_FIRST

  constructor(control: Control, id: string) {
    this.control = control
    this.id = id
  }

  async *news(): AsyncGenerator<RunLogLine> {
    let lines: RunLogLine[]
    do {
      lines = await this.control.readLog(this.id, this.after, PAGE_LINES)
      for (const line of lines) {
        this.after = line.position
        yield line
      }
    } while (lines.length === PAGE_LINES)
  }
}

export function logText(cx: CommandContext, line: RunLogLine, job?: string): string {
  const { style } = cx
  const fields = Object.entries(line.fields).map(
    ([name, value]) =>
      `${name}=${typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value)}`,
  )
  const at = style.dim(formatInstant(line.at, cx.deps.io.env.TZ))
  const tail = fields.length > 0 ? `  ${style.dim(printable(fields.join(' ')))}` : ''
  const message = job === undefined ? line.message : `${job}: ${line.message}`
  return `${at}  ${levelText(style, line.level)}  ${printable(message)}${tail}`
}

function levelText(style: Style, level: LogLevel): string {
  const text = level.padEnd(7)
  if (level === 'error') return style.bad(text)
  return level === 'warning' ? style.warn(text) : style.dim(text)
}
