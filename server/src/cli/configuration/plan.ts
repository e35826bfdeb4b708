import { HoldfastError } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { findJob } from '../runs/job-ref.ts'
import { showPlan } from '../runs/show-plan.ts'
import { checkedConfig } from './checked-config.ts'
import { showChanges } from './show-changes.ts'

interface PlanOptions extends JsonFlag {
  job?: string
  prune?: boolean
}

export function planCommand(cx: CommandContext): Command {
  return new Command('plan')
    .description('Show what applying configuration files would change, or what a job would do')
    .argument('[path...]', 'files or folders')
    .option('--job <job>', 'show what the next run of this job would do instead')
    .option('--prune', 'also show what would be deleted because no file names it')
    .addOption(jsonOption('ConfigChange[] (with --job: StoredPlan)'))
    .action(async (paths: string[], options: PlanOptions) => {
      if ((paths.length === 0) === (options.job === undefined)) {
        throw new HoldfastError('config-invalid', 'give either paths of configuration files or --job', {
          hint: 'holdfast plan FOLDER, or holdfast plan --job NAME',
        })
      }
      await cx.withControl(async (control) => {
        if (options.job !== undefined) {
          const job = await findJob(control, options.job)
          const plan = await control.previewPlan(job.id)
          return options.json ? cx.json(plan) : showPlan(cx, job.name, plan)
        }
        const { document } = await checkedConfig(control, paths)
        const { changes } = await control.planConfig(document, { prune: options.prune === true })
        return options.json ? cx.json(changes) : showChanges(cx, changes)
      })
    })
}
