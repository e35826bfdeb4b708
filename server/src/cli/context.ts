import { resolve } from 'node:path'
import { asHoldfastError, type Control, HoldfastError } from '@holdfast/contract'
import type { CliDeps, Connection } from './deps.ts'
import { printable, printableJson } from './output/printable.ts'
import { createStyle, type Style } from './output/style.ts'
import { type Column, renderTable } from './output/table.ts'
import {
  callerOptions,
  chooseServer,
  requireLocal,
  type ServerChoice,
  type ServerFlags,
  warnOfPlainHttp,
} from './remote/choose-server.ts'
import { remoteControl } from './remote/remote-control.ts'

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
  /** The options that stand for every command. */
  flags(): ServerFlags
  /** The server that was chosen; null for the database of this machine. */
  server(): Promise<ServerChoice | null>
  withControl<T>(work: (control: Control, where: Where) => Promise<T>): Promise<T>
  /** For a person who is typing: starts nothing, gives up soon. */
  withQuickControl<T>(work: (control: Control) => Promise<T>): Promise<T>
  /** The control plane of this machine. Throws `config-invalid` when the person named a server. */
  withLocalControl<T>(work: (control: Control) => Promise<T>): Promise<T>
  /** For what works on this machine only. Throws `config-invalid` when the person named a server. */
  requireLocal(): void
  exit(code: number): void
}

/** Where the control plane is that a command speaks to. */
export interface Where {
  isRemote: boolean
  /** A path as the machine understands it where the work is done. Throws `config-invalid` for a relative one there. */
  path(text: string): string
}

/** `flags` gives the options that stand for the whole program, once the command line was read. */
export function createContext(deps: CliDeps, flags: () => ServerFlags): CommandContext {
  const { io } = deps
  const write = (text: string): unknown => io.stdout.write(`${text}\n`)
  const server = () => chooseServer(io, flags())
  return {
    deps,
    style: createStyle(io),
    by: `cli:${io.env.SUDO_USER ?? io.env.USER ?? io.env.LOGNAME ?? io.userName}`,
    now: () => deps.now(),
    line: (text = '') => void write(text),
    note: (text) => void io.stderr.write(`${printable(text)}\n`),
    json: (value) => void write(printableJson(value, 2)),
    table: (columns, rows) => void write(renderTable(columns, rows, io.columns)),
    flags,
    server,
    withControl: async (work) => {
      const choice = await server()
      if (choice === null) return await useControl(await deps.connect(), (control) => work(control, HERE))
      warnOfPlainHttp(io, choice.url)
      const control = remoteControl(callerOptions(choice, false))
      return await work(control, THERE).catch((thrown) => tellServer(thrown, choice.url))
    },
    withQuickControl: async (work) => {
      const choice = await server()
      if (choice === null) return await useControl(await deps.connect({ onlyIfRunning: true }), work)
      return await work(remoteControl(callerOptions(choice, true)))
    },
    withLocalControl: async (work) => {
      requireLocal(io, flags())
      return await useControl(await deps.connect(), work)
    },
    requireLocal: () => requireLocal(io, flags()),
    exit: (code) => {
      if (code !== 0) io.setExitCode(code)
    },
  }
}

const HERE: Where = { isRemote: false, path: (text) => resolve(text) }

const THERE: Where = {
  isRemote: true,
  path(text) {
    if (text.startsWith('/')) return text
    throw new HoldfastError('config-invalid', `${text} is not an absolute path`, {
      hint: 'Write the path as it is on the machine that does the work, beginning with a slash.',
    })
  },
}

async function useControl<T>(connection: Connection, work: (control: Control) => Promise<T>): Promise<T> {
  try {
    return await work(connection.control)
  } finally {
    await connection.close()
  }
}

/** Whoever reads an error must know which of several servers it came from. */
export function tellServer(thrown: unknown, server: string): never {
  const { code, message, hint, details } = asHoldfastError(thrown)
  throw new HoldfastError(code, message, { hint, details: { ...details, server }, cause: thrown })
}
