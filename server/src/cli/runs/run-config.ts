import {
  type ConfigChange,
  type ConfigDocument,
  type Control,
  HoldfastError,
  sentSecrets,
} from '@holdfast/contract'
import { suggestion } from '../../kit/text/nearest-word.ts'
import type { ImportedFile } from '../config-files/foreign.ts'
import { checkedConfig } from '../configuration/checked-config.ts'
import { showChanges } from '../configuration/show-changes.ts'
import { showImports } from '../configuration/show-import.ts'
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
  /** Whether all settings of other programs are told of, and the logs of the runs printed. */
  verbose: boolean
}

/**
 * Everything in one command, for a machine without a server: check the configuration, put it in force without deleting
 * anything, run its jobs side by side in this process, print a summary. Files of other programs are taken over each time
 * anew, with their secrets: what stands in them holds. With `dryRun` only what would change is shown.
 */
export async function runConfigFolder(
  cx: CommandContext,
  control: Control,
  options: RunConfigOptions,
): Promise<void> {
  const foreign = { importers: await cx.deps.importers(), env: cx.deps.io.env }
  const { document, imports } = await checkedConfig(control, [options.path], foreign)
  const names = chosenJobs(document, options.jobs)
  if (!options.json) showImports(cx, imports, options)
  const { changes: planned } = await control.planConfig(document, { prune: false })
  refuseOthers(planned, imports)
  if (options.dryRun) {
    if (options.json) return cx.json(planned)
    showChanges(cx, planned)
    return cx.line(printable(`Would run: ${names.join(', ')}`))
  }
  // First the secrets: what is put in force then binds each of them to where it goes.
  await enterSecrets(cx, control, imports, planned)
  const changes = await control.applyConfig(document, { prune: false, by: cx.by, fingerprint: null })
  if (!options.json && changes.some((change) => change.action !== 'unchanged')) showChanges(cx, changes)
  const start = () => Promise.all(names.map((name) => control.startJob(name, { by: cx.by })))
  await startAndAwait(cx, control, start, {
    wait: options.wait,
    isRemote: false,
    json: options.json,
    verbose: options.verbose,
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

/** Names in files of other programs were not chosen with those in mind that are in force here. */
function refuseOthers(changes: readonly ConfigChange[], imports: readonly ImportedFile[]): void {
  for (const { file, imported } of imports) {
    for (const { kind, name, fields } of changes) {
      const isImported = imported.document[kind].some((object) => object.name === name)
      const before = fields.find(({ path }) => path === 'kind')?.before
      if (!isImported || typeof before !== 'string') continue
      throw new HoldfastError(
        'object-exists',
        `${file} would replace "${name}" of ${kind}, which is of the kind ${before}`,
        { hint: 'Rename the one that is there, or the file or process.' },
      )
    }
  }
}

/** Enters what is not kept yet. A secret goes only where it was entered for, so a new address wants it entered again. */
async function enterSecrets(
  cx: CommandContext,
  control: Control,
  imports: readonly ImportedFile[],
  changes: readonly ConfigChange[],
): Promise<void> {
  const local = await cx.deps.local()
  for (const { document, secrets } of imports.map(({ imported }) => imported)) {
    const isChanged = (name: string) =>
      changes.some(
        (change) => change.kind === 'nodes' && change.name === name && change.action !== 'unchanged',
      )
    const moved = new Set(document.nodes.filter(({ name }) => isChanged(name)).flatMap(sentSecrets))
    for (const { name, value } of secrets) {
      if (value === null) continue
      if (!moved.has(name) && (await local.isSecret(name, value))) continue
      await control.putSecret(name, value, { by: cx.by })
    }
  }
}
