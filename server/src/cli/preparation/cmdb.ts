import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { type PrepareOptions, planPreparation, prepare } from './prepare.ts'

/** What jobs that keep a CMDB true need in it. */
export function cmdbCommand(cx: CommandContext): Command {
  return new Command('cmdb')
    .description('What jobs that write to a CMDB need in it')
    .addCommand(
      new Command('schema')
        .description('Classes, attributes and lookup values that a job needs in its CMDB')
        .addCommand(planCommand(cx))
        .addCommand(applyCommand(cx)),
    )
}

function planCommand(cx: CommandContext): Command {
  return new Command('plan')
    .description('Show what the CMDB of a job lacks; changes nothing')
    .argument('<job>', 'name or id of a job')
    .addOption(jsonOption('StoredPlan'))
    .action((job: string, options: JsonFlag) =>
      cx.withControl((control) => planPreparation(cx, control, job, options)),
    )
}

function applyCommand(cx: CommandContext): Command {
  return new Command('apply')
    .description('Make what the CMDB of a job lacks, and follow it to its end')
    .argument('<job>', 'name or id of a job')
    .option('--yes', 'make it without asking')
    .addOption(jsonOption('Run[] with one run, without any where nothing is lacking'))
    .action((job: string, options: PrepareOptions) =>
      cx.withControl((control, where) => prepare(cx, { control, where }, job, options)),
    )
}
