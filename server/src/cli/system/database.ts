import { resolve } from 'node:path'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import type { LocalReport } from '../deps.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatBytes, formatDuration, inWords } from '../output/format.ts'
import { printable } from '../output/printable.ts'

const REPORT = 'an object of names and values'

export function backupDbCommand(cx: CommandContext): Command {
  return new Command('backup-db')
    .description('Write a backup file of the control database while everything goes on')
    .argument('<file>', 'file to write')
    .addOption(jsonOption(REPORT))
    .action(async (file: string, options: JsonFlag) => {
      cx.requireLocal()
      const local = await cx.deps.local()
      report(cx, await local.backupDb(resolve(file)), options)
    })
}

export function restoreDbCommand(cx: CommandContext): Command {
  return new Command('restore-db')
    .description('Bring the control database back from a backup file')
    .argument('<file>', 'file written by backup-db')
    .option('--replace', 'discard the data that is there')
    .addOption(jsonOption(REPORT))
    .action(async (file: string, options: JsonFlag & { replace?: boolean }) => {
      cx.requireLocal()
      const replace = options.replace === true
      const local = await cx.deps.local()
      report(cx, await local.restoreDb(resolve(file), { replace }), options)
    })
}

export function upgradeDbCommand(cx: CommandContext): Command {
  return new Command('upgrade-db')
    .description('Bring the control database to the version that is installed')
    .addOption(jsonOption(REPORT))
    .action(async (options: JsonFlag) => {
      cx.requireLocal()
      const local = await cx.deps.local()
      report(cx, await local.upgradeDb(), options)
    })
}

function report(cx: CommandContext, values: LocalReport, options: JsonFlag): void {
  if (options.json) {
    cx.json(values)
    return
  }
  for (const [name, value] of Object.entries(values)) {
    const [, words = name, unit] = /^(.*?)(Bytes|Ms)?$/.exec(name) ?? []
    cx.line(`${`${inWords(words)}:`.padEnd(16)}${printable(valueText(value, unit))}`)
  }
}

function valueText(value: LocalReport[string] | undefined, unit: string | undefined): string {
  if (typeof value === 'number' && unit === 'Bytes') return formatBytes(value)
  if (typeof value === 'number' && unit === 'Ms') return formatDuration(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
