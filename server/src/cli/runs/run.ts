import { type Control, HoldfastError } from '@holdfast/contract'
import { Command } from 'commander'
import { validateFiles } from '../configuration/validate.ts'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { type AwaitOptions, startAndAwait } from './await-runs.ts'
import { findJobs } from './job-ref.ts'
import { runConfigFolder } from './run-config.ts'
import { showPlan } from './show-plan.ts'

interface RunOptions extends JsonFlag {
  config?: string
  dryRun?: boolean
  validateOnly?: boolean
  verbose?: boolean
  wait: boolean
}

export function runCommand(cx: CommandContext): Command {
  return new Command('run')
    .description('Start jobs now and follow them to their end')
    .argument('[job...]', 'names or ids of jobs')
    .option(
      '-c, --config <path>',
      'apply this file or folder first, also of another program, then run every enabled job of it once',
    )
    .option('--validate-only', 'only check what --config names, as `holdfast validate` does')
    .option('-v, --verbose', 'print the logs of the runs, and what became of each setting of another program')
    .option('--dry-run', 'show what would be done, do nothing')
    .option('--no-wait', 'only start the runs; a worker does them')
    .addOption(jsonOption('Run[] (with --dry-run: {job, plan: StoredPlan}[])'))
    .action(async (jobs: string[], options: RunOptions) => {
      const { config } = options
      if (config === undefined && jobs.length === 0) {
        throw new HoldfastError('config-invalid', 'no job is named', {
          hint: 'Name the jobs to run, or a folder of configuration files with --config.',
        })
      }
      const json = options.json === true
      const verbose = options.verbose === true
      if (options.validateOnly) {
        if (config !== undefined) return await validateFiles(cx, [config], { json, verbose })
        throw new HoldfastError('config-invalid', 'there is nothing to check', {
          hint: 'Name the file or folder with --config.',
        })
      }
      if (config !== undefined) {
        const folder = { ...options, json, verbose, path: config, jobs, dryRun: options.dryRun === true }
        await cx.withLocalControl((control) => runConfigFolder(cx, control, folder))
        return
      }
      await cx.withControl(async (control, { isRemote }) => {
        if (options.dryRun) await dryRun(cx, control, jobs, json)
        else await runJobs(cx, control, jobs, { wait: options.wait, isRemote, json, verbose })
      })
    })
}

async function runJobs(
  cx: CommandContext,
  control: Control,
  refs: readonly string[],
  options: AwaitOptions,
): Promise<void> {
  const jobs = await findJobs(control, refs)
  await startAndAwait(
    cx,
    control,
    () => Promise.all(jobs.map((job) => control.startJob(job.id, { by: cx.by }))),
    options,
  )
}

async function dryRun(
  cx: CommandContext,
  control: Control,
  refs: readonly string[],
  json: boolean,
): Promise<void> {
  const jobs = await findJobs(control, refs)
  const plans = []
  for (const job of jobs) plans.push({ job: job.name, plan: await control.previewPlan(job.id) })
  if (json) return cx.json(plans)
  for (const { job, plan } of plans) showPlan(cx, job, plan)
}
