import { type Control, HoldfastError, type JobStatus, phraseText, type StoredPlan } from '@holdfast/contract'
import type { CommandContext, Where } from '../context.ts'
import type { JsonFlag } from '../options.ts'
import { formatCount } from '../output/format.ts'
import { printable } from '../output/printable.ts'
import { startAndAwait } from '../runs/await-runs.ts'
import { findJob } from '../runs/job-ref.ts'

export interface PrepareOptions extends JsonFlag {
  yes?: boolean
}

/** Shows what is still to be made before a job can work. */
export async function planPreparation(
  cx: CommandContext,
  control: Control,
  ref: string,
  { json }: JsonFlag,
): Promise<void> {
  const job = await findJob(control, ref)
  const plan = await control.previewPreparation(job.id)
  if (json) cx.json(plan)
  else showLacking(cx, job, plan)
}

/** Shows it, asks, makes it, and ends as the run does. Throws `change-declined` without a yes. */
export async function prepare(
  cx: CommandContext,
  { control, where }: { control: Control; where: Where },
  ref: string,
  options: PrepareOptions,
): Promise<void> {
  const job = await findJob(control, ref)
  const plan = await control.previewPreparation(job.id)
  const json = options.json === true
  if (!json) showLacking(cx, job, plan)
  if (plan.items.length === 0) {
    if (json) cx.json([])
    return
  }
  await confirm(cx, plan, options)
  const start = async () => [await control.startPreparation(job.id, { by: cx.by })]
  await startAndAwait(cx, control, start, { wait: true, isRemote: where.isRemote, json })
}

/** Nothing in it has a size: each thing with the reason why it is wanted. */
function showLacking(cx: CommandContext, { name }: JobStatus, { summary, items }: StoredPlan): void {
  cx.line(`${cx.style.bold(printable(name))}: ${printable(phraseText(summary))}`)
  if (items.length === 0) return
  cx.table(
    [{ title: 'to be made' }, { title: 'reason' }],
    items.map(({ what, reason }) => [phraseText(what), phraseText(reason)]),
  )
}

/** A person is asked; where nobody can be, only `--yes` lets it happen. */
async function confirm(cx: CommandContext, { items }: StoredPlan, options: PrepareOptions): Promise<void> {
  if (options.yes) return
  const amount = formatCount(items.length, 'thing')
  const { io } = cx.deps
  const declined = (fact: string) =>
    new HoldfastError('change-declined', `${amount} ${fact}; nothing was changed`, {
      hint: 'Look at what is shown; say --yes to have it made without being asked.',
    })
  if (io.isTty && !options.json) {
    if (await io.confirm(`Make ${amount}?`)) return
    throw declined('would have been made')
  }
  throw declined('would be made')
}
