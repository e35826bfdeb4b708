import {
  asHoldfastError,
  type Control,
  HoldfastError,
  type JsonValue,
  type RestoreRequest,
} from '@holdfast/contract'
import { Command, Option } from 'commander'
import type { CommandContext, Where } from '../context.ts'
import { collect, type JsonFlag, jsonOption, parseObject } from '../options.ts'
import { startAndAwait } from '../runs/await-runs.ts'
import { hintOf } from '../runs/run-error.ts'
import { showPlan } from '../runs/show-plan.ts'
import { choosePoint } from './choose-points.ts'

interface RestoreOptions extends JsonFlag {
  to: string
  path?: string[]
  existing?: string
  options?: Record<string, JsonValue>
  dryRun?: boolean
  wait: boolean
}

export function restoreCommand(cx: CommandContext): Command {
  return new Command('restore')
    .description('Restore a restore point into a folder, or to a node')
    .argument(
      '<point|job>',
      'id of a restore point, or JOB, JOB@latest, JOB@TIME: the newest one taken by then',
    )
    .requiredOption(
      '--to <dir>',
      'folder to restore into, made when it does not exist; NODE/DATABASE for a job kind that restores to a node',
    )
    .option('--path <path>', 'restore only this, relative to the asset; may be given several times', collect)
    .addOption(
      new Option('--existing <choice>', 'what happens to files or data that are already there').choices([
        'refuse',
        'overwrite',
        'merge',
      ]),
    )
    .option(
      '--options <json>',
      'other settings of a restore of this job kind, as a JSON object; the list of job kinds names them',
      parseObject,
    )
    .option('--dry-run', 'show what would be restored, do nothing')
    .option('--no-wait', 'only start the run; a worker does it')
    .addOption(jsonOption('Run[] with one run (with --dry-run: StoredPlan)'))
    .action((text: string, options: RestoreOptions) =>
      cx.withControl((control, where) => restore(cx, { control, where }, text, options)),
    )
}

async function restore(
  cx: CommandContext,
  { control, where }: { control: Control; where: Where },
  text: string,
  options: RestoreOptions,
): Promise<void> {
  const point = await choosePoint(control, text)
  const { existing } = options
  const chosen = { ...options.options, ...(existing === undefined ? {} : { existing }) }
  const request: RestoreRequest = {
    restorePointId: point.id,
    target: await targetOf(control, where, { jobKind: point.jobKind, to: options.to }),
    ...(options.path ? { paths: options.path } : {}),
    ...(Object.keys(chosen).length === 0 ? {} : { options: chosen }),
  }
  const json = options.json === true
  if (options.dryRun) {
    const plan = await control.previewRestore(request).catch(betterHint)
    return json ? cx.json(plan) : showPlan(cx, `${point.jobName} ${point.id} to ${request.target}`, plan)
  }
  if (options.path) await requirePaths(control, request)
  await startAndAwait(
    cx,
    control,
    async () => [await control.startRestore(request, { by: cx.by }).catch(betterHint)],
    {
      ...where,
      wait: options.wait,
      json,
    },
  )
}

/** A folder as the machine that does the work understands it; the name of a node and a database as it is. */
async function targetOf(
  control: Control,
  where: Where,
  { jobKind, to }: { jobKind: string; to: string },
): Promise<string> {
  const kind = (await control.jobKinds()).find((candidate) => candidate.kind === jobKind)
  return kind?.restoreNodeKinds ? to : where.path(to)
}

/** A mistyped path is told before a run is queued. Without a worker there is nobody who could look: the run will tell. */
async function requirePaths(control: Control, request: RestoreRequest): Promise<void> {
  await control.previewRestore(request).catch((thrown: unknown) => {
    if (asHoldfastError(thrown).code !== 'worker-absent') betterHint(thrown)
  })
}

function betterHint(thrown: unknown): never {
  const error = asHoldfastError(thrown)
  const { code, message, details } = error
  const options = { hint: hintOf(error, 'restore'), cause: thrown }
  throw new HoldfastError(code, message, details ? { ...options, details } : options)
}
