import { type ConfigDocument, type Control, HoldfastError } from '@holdfast/contract'
import { suggestion } from '../../kit/text/nearest-word.ts'
import { checkedConfig } from '../configuration/checked-config.ts'
import { showChanges } from '../configuration/show-changes.ts'
import type { CommandContext } from '../context.ts'
import { printable } from '../output/printable.ts'
import { startAndAwait } from './await-runs.ts'
import { printSummary } from './run-outcome.ts'

export interface RunConfigOptions {
  path: string
  /** Only these jobs of the configuration, enabled or not; every enabled one when empty. */
  jobs: readonly string[]
  dryRun: boolean
  wait: boolean
  json: boolean
}

/**
 * Everything in one command, for a machine without a server: check the configuration, put it in force without deleting
 * anything, run its jobs side by side in this process, print a summary. With `dryRun` only what would change is shown.
 */
export async function runConfigFolder(
  cx: CommandContext,
  control: Control,
  options: RunConfigOptions,
): Promise<void> {
  const document = await checkedConfig(control, [options.path])
  const names = chosenJobs(document, options.jobs)
  if (options.dryRun) {
    const { changes } = await control.planConfig(document, { prune: false })
    if (options.json) return cx.json(changes)
    showChanges(cx, changes)
    return cx.line(printable(`Would run: ${names.join(', ')}`))
  }
  const changes = await control.applyConfig(document, { prune: false, by: cx.by, fingerprint: null })
  if (!options.json && changes.some((change) => change.action !== 'unchanged')) showChanges(cx, changes)
  const start = () => Promise.all(names.map((name) => control.startJob(name, { by: cx.by })))
  await startAndAwait(cx, control, start, {
    wait: options.wait,
    isRemote: false,
    json: options.json,
    print: printSummary,
  })
}

function chosenJobs(document: ConfigDocument, wanted: readonly string[]): string[] {
  const all = document.jobs.map((job) => job.name)
  for (const name of wanted) {
    if (all.includes(name)) continue
    const hint = suggestion(name, all)
    throw new HoldfastError(
      'name-unknown',
      `the configuration has no job "${name}"`,
      hint === null ? {} : { hint },
    )
  }
  const names =
    wanted.length > 0 ? [...wanted] : document.jobs.filter((job) => job.enabled).map((job) => job.name)
  if (names.length > 0) return names
  throw new HoldfastError('config-invalid', 'the configuration has no enabled job', {
    hint: 'Add a job, or remove `enabled: false` from one.',
  })
}
