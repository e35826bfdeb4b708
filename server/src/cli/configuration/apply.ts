import { type ConfigChange, type Control, HoldfastError } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatCount } from '../output/format.ts'
import { checkedConfig } from './checked-config.ts'
import { showChanges } from './show-changes.ts'

interface ApplyOptions extends JsonFlag {
  prune?: boolean
  yes?: boolean
}

export function applyCommand(cx: CommandContext): Command {
  return new Command('apply')
    .description('Put configuration files in force')
    .argument('<path...>', 'files or folders')
    .option('--prune', 'delete what is in force and named in no file')
    .option('--yes', 'delete without asking')
    .addOption(jsonOption('ConfigChange[]'))
    .action((paths: string[], options: ApplyOptions) =>
      cx.withControl((control) => apply(cx, control, paths, options)),
    )
}

async function apply(
  cx: CommandContext,
  control: Control,
  paths: readonly string[],
  options: ApplyOptions,
): Promise<void> {
  const prune = options.prune === true
  const { document } = await checkedConfig(control, paths)
  const { changes: planned, fingerprint } = await control.planConfig(document, { prune })
  if (!options.json) showChanges(cx, planned)
  await confirmDeletions(cx, planned, options)
  if (planned.every((change) => change.action === 'unchanged')) {
    if (options.json) cx.json(planned)
    return
  }
  // What was shown and agreed to, or nothing.
  const applied = await control.applyConfig(document, { prune, by: cx.by, fingerprint })
  if (options.json) cx.json(applied)
  else cx.line(`${cx.style.good('✔')} in force`)
}

/** Deleting is asked about; where nobody can be asked, only `--yes` lets it happen. */
async function confirmDeletions(
  cx: CommandContext,
  changes: readonly ConfigChange[],
  options: ApplyOptions,
): Promise<void> {
  const deletions = changes.filter((change) => change.action === 'delete').length
  if (deletions === 0 || options.yes) return
  const amount = formatCount(deletions, 'object')
  const { io } = cx.deps
  if (io.isTty && !options.json) {
    if (await io.confirm(`Delete ${amount}? Restore points stay where they are.`)) return
    throw new HoldfastError('change-declined', `${amount} would have been deleted; nothing was changed`)
  }
  throw new HoldfastError('change-declined', `${amount} would be deleted; nothing was changed`)
}
