import { randomBytes } from 'node:crypto'
import {
  type ConfigChange,
  type ConfigDocument,
  type Control,
  HoldfastError,
  type ImportedSecret,
} from '@holdfast/contract'
import { Command } from 'commander'
import { configInvalid, dottedPath } from '../config-files/problem.ts'
import { writeConfig } from '../config-files/write-config.ts'
import { writeConfigFolder } from '../config-files/write-folder.ts'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatCount } from '../output/format.ts'
import { printable } from '../output/printable.ts'
import { readForeign } from './read-foreign.ts'
import { showChanges } from './show-changes.ts'
import { importLines, secretLines } from './show-import.ts'

interface ImportOptions extends JsonFlag {
  to?: string
  replace?: boolean
  apply?: boolean
  yes?: boolean
}

const BY = 'holdfast import'
const TOKEN_BYTES = 24

/** What became of a secret; the value only of one that was made up, which nobody else could tell. */
interface KeptSecret {
  name: string
  purpose: string
  state: 'entered' | 'made up' | 'kept as it was'
  value?: string
}

/** The programs it knows are loaded only for who may read of them. */
export async function importCommand(cx: CommandContext, isAsked: boolean): Promise<Command> {
  const importers = isAsked ? await cx.deps.importers() : []
  return new Command('import')
    .description('Take over the configuration of another program, and say what became of each setting')
    .argument('<file>', importers.map(({ title }) => title).join(', '))
    .option('--to <dir>', 'folder to write it to as YAML; standard output with - or without --apply')
    .option('--replace', 'overwrite files of an earlier import in the folder')
    .option('--apply', 'put it in force, and keep its secrets')
    .option('--yes', 'put it in force without asking')
    .addOption(jsonOption('{importer, document, lines, advice, secrets, changes?}'))
    .action((file: string, options: ImportOptions) => runImport(cx, file, options))
}

async function runImport(cx: CommandContext, file: string, options: ImportOptions): Promise<void> {
  const { importer, imported } = await readForeign(file, {
    importers: await cx.deps.importers(),
    env: cx.deps.io.env,
  })
  const { document, lines, advice, secrets } = imported
  const { stdout, stderr } = cx.deps.io
  const to = options.to ?? (options.apply ? null : '-')
  const isPiped = to === '-' && !options.json
  if (isPiped) stdout.write(writeConfig(document, BY))
  const say = (all: readonly string[]) => {
    // Beside a configuration that is piped on, remarks would become part of it.
    if (!options.json) (isPiped ? stderr : stdout).write(all.map((line) => `${line}\n`).join(''))
  }
  say(importLines(imported, cx.style))
  if (to !== null && to !== '-') {
    const files = await writeConfigFolder(to, document, { replace: options.replace === true, by: BY })
    say([`${formatCount(files.length, 'file')} written to ${printable(to)}`])
  }
  const report = { importer: importer.title, document, lines, advice }
  if (!options.apply) {
    say(secretLines(secrets))
    const named = secrets.map(({ name, purpose }) => ({ name, purpose, state: 'not entered' }))
    if (options.json) cx.json({ ...report, secrets: named })
    return
  }
  const done = await cx.withControl((control) =>
    putInForce(cx, control, { file, document, secrets, options }),
  )
  if (options.json) cx.json({ ...report, ...done })
}

interface Taken {
  file: string
  document: ConfigDocument
  secrets: readonly ImportedSecret[]
  options: ImportOptions
}

async function putInForce(cx: CommandContext, control: Control, { file, document, secrets, options }: Taken) {
  const problems = await control.checkConfig(document)
  if (problems.length > 0) {
    throw configInvalid(
      problems.map(({ kind, index, path, message, hint }) => ({
        ...{ file, line: 1, column: 1, path: dottedPath([kind, index, ...path]), message },
        ...(hint !== undefined && { hint }),
      })),
    )
  }
  const { changes: planned, fingerprint } = await control.planConfig(document, { prune: false })
  if (!options.json) showChanges(cx, planned)
  await confirm(cx, planned, options)
  // First the secrets: what is put in force then binds each of them to where it goes.
  const kept = await keepSecrets(cx, control, secrets)
  if (!options.json) showSecrets(cx, kept)
  const isSame = planned.every(({ action }) => action === 'unchanged')
  const changes = isSame
    ? planned
    : await control.applyConfig(document, { prune: false, by: cx.by, fingerprint })
  if (!options.json && !isSame) cx.line(`${cx.style.good('✔')} in force`)
  return { secrets: kept, changes }
}

/** A person is always asked; where nobody can be, what is in force already is changed only with `--yes`. */
async function confirm(
  cx: CommandContext,
  changes: readonly ConfigChange[],
  options: ImportOptions,
): Promise<void> {
  const updates = changes.filter(({ action }) => action === 'update').length
  if (options.yes || changes.every(({ action }) => action === 'unchanged')) return
  const { io } = cx.deps
  if (io.isTty && !options.json) {
    if (await io.confirm('Put this in force?')) return
    throw new HoldfastError('change-declined', 'nothing was changed')
  }
  if (updates === 0) return
  const amount = formatCount(updates, 'object')
  throw new HoldfastError('change-declined', `${amount} in force would be changed; nothing was changed`)
}

/** One of that name that is there already stays: it may have been changed since, or belong to something else. */
async function keepSecrets(
  cx: CommandContext,
  control: Control,
  secrets: readonly ImportedSecret[],
): Promise<KeptSecret[]> {
  const known = new Set((await control.listSecrets()).map(({ name }) => name))
  const kept: KeptSecret[] = []
  for (const { name, purpose, value } of secrets) {
    if (known.has(name)) {
      kept.push({ name, purpose, state: 'kept as it was' })
      continue
    }
    const text = value ?? randomBytes(TOKEN_BYTES).toString('base64url')
    await control.putSecret(name, text, { by: cx.by })
    kept.push({
      name,
      purpose,
      ...(value === null ? { state: 'made up', value: text } : { state: 'entered' }),
    })
  }
  return kept
}

function showSecrets(cx: CommandContext, secrets: readonly KeptSecret[]): void {
  for (const { name, purpose, state, value } of secrets) {
    cx.line(`${cx.style.good('✔')} ${printable(`secret ${name} (${purpose}): ${state}`)}`)
    if (value !== undefined) cx.line(`    ${value}   is shown only now: write it down`)
  }
}
