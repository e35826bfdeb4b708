import type { Command } from 'commander'
import type { CliDeps } from '../../server/src/cli/deps.ts'
import { buildProgram } from '../../server/src/cli/program.ts'
import { DRIVERS } from '../../server/src/drivers/registry.ts'
import { cell, page, table } from './page.ts'

export async function cliPage(): Promise<string> {
  const program = await buildProgram(IDLE)
  const sections = program.commands
    .filter((command) => !command.name().startsWith('__'))
    .flatMap((command) => describe(command, 'holdfast'))
  return page('Command line', [
    'Every command explains itself with `--help`. Where `--json` exists, its shape is the type named, declared in `contract/`: instants are UTC ISO strings, amounts plain numbers of bytes. Tables are for people; scripts should read JSON and [exit codes](exit-codes.md).',
    'Colour is used on a terminal only, and never when `NO_COLOR` is set. Times are shown in the zone of `TZ`. The first Ctrl-C cancels the runs that a command started and waits for their end, the second leaves at once.',
    'A list prints `{items, next}` with `--json`: `next` is the `--after` of what follows, null at the end; `--all` reads on to the end by itself. A command that fails prints `{error: ErrorReport}`.',
    '## For every command',
    'Without one of these, a command speaks to the server that `holdfast login` saved, else to the database of this machine ([from another machine](../how-to/remote-command-line.md)).',
    table(
      ['Option', 'Meaning'],
      program.options.map((option) => [`\`${option.flags}\``, cell(option.description)]),
    ),
    ...sections,
  ])
}

function describe(command: Command, parent: string): string[] {
  const name = `${parent} ${command.name()}`
  const own = command.commands
  if (own.length > 0) {
    return [`## ${name}`, `${command.description()}.`, ...own.flatMap((each) => describe(each, name))]
  }
  const level = parent === 'holdfast' ? '##' : '###'
  const rows = [
    ...command.registeredArguments.map((argument) => {
      const text = argument.variadic ? `${argument.name()}...` : argument.name()
      return [`\`${cell(argument.required ? text : `[${text}]`)}\``, cell(argument.description)]
    }),
    ...command.options
      .filter((option) => !option.hidden)
      .map((option) => {
        const choices = option.argChoices ? ` (${option.argChoices.join(', ')})` : ''
        return [
          `\`${option.flags.replaceAll('|', '\\|')}\``,
          cell(`${option.description}${choices}${standard(option.defaultValue)}`),
        ]
      }),
  ]
  const usage = `\`\`\`\n${name} ${command.usage()}\n\`\`\``
  const blocks = [`${level} ${name}`, `${command.description()}.`, usage]
  return rows.length > 0 ? [...blocks, table(['Argument or option', 'Meaning'], rows)] : blocks
}

function standard(value: unknown): string {
  if (value === undefined || typeof value === 'boolean') return ''
  // The one option whose default is an amount of milliseconds is the lease of a lock.
  return `; ${value === 28_800_000 ? '8h' : String(value)} by default`
}

function idle(): never {
  throw new Error('the reference only reads the commands')
}

/** Commands are described, never executed. */
const IDLE: CliDeps = {
  connect: idle,
  now: idle,
  importers: async () => DRIVERS.flatMap(({ importers }) => importers ?? []),
  local: idle,
  io: {
    stdout: { write: idle },
    stderr: { write: idle },
    isTty: false,
    isOutputGone: false,
    columns: 100,
    env: {},
    userName: '',
    confirm: idle,
    askHidden: idle,
    readStdin: idle,
    onInterrupt: idle,
    setExitCode: idle,
  },
}
