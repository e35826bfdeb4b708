import type { Control } from '@holdfast/contract'
import type { CliDeps } from './deps.ts'
import { printable, printableJson } from './output/printable.ts'
import { createStyle, type Style } from './output/style.ts'
import { type Column, renderTable } from './output/table.ts'

/** What every command gets: the control plane, the screen and the clock. */
export interface CommandContext {
  readonly deps: CliDeps
  readonly style: Style
  /** Who a change is made by, for the records. */
  readonly by: string
  now(): Date
  /** Printed as it is: what comes from outside must have gone through `printable`. */
  line(text?: string): void
  /** A remark for people that is no part of the answer: on stderr, so that stdout can be piped. */
  note(text: string): void
  json(value: unknown): void
  table(columns: readonly Column[], rows: readonly string[][]): void
  withControl<T>(work: (control: Control) => Promise<T>): Promise<T>
  exit(code: number): void
}

export function createContext(deps: CliDeps): CommandContext {
  const { io } = deps
  const write = (text: string): unknown => io.stdout.write(`${text}\n`)
  return {
    deps,
    style: createStyle(io),
    by: `cli:${io.env.SUDO_USER ?? io.env.USER ?? io.env.LOGNAME ?? 'unknown'}`,
    now: () => deps.now(),
    line: (text = '') => void write(text),
    note: (text) => void io.stderr.write(`${printable(text)}\n`),
    json: (value) => void write(printableJson(value, 2)),
    table: (columns, rows) => void write(renderTable(columns, rows, io.columns)),
    withControl: (work) => useControl(deps, work),
    exit: (code) => {
      if (code !== 0) io.setExitCode(code)
    },
  }
}

async function useControl<T>(deps: CliDeps, work: (control: Control) => Promise<T>): Promise<T> {
  const connection = await deps.connect()
  try {
    return await work(connection.control)
  } finally {
    await connection.close()
  }
}
