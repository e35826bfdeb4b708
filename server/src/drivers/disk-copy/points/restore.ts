import { join } from 'node:path'
import { HoldfastError, type PlanBase } from '@holdfast/contract'
import { z } from 'zod'
import { type BytePath, displayPath, tellPath } from '../../../clients/disks/byte-path.ts'
import { withDiskErrors } from '../../../clients/disks/disk-error.ts'
import { fileSystemSpace } from '../../../clients/disks/file-system.ts'
import type { HeldDirectory } from '../../../clients/disks/held-directory.ts'
import { WriteBackWatch } from '../../../clients/disks/syncfs.ts'
import { copyCommand, copyTree, dryRun, rsyncAbilities } from '../../../clients/rsync/rsync.ts'
import type { Context, RestoreFacet, RestoreInput, RunContext, RunResult } from '../../driver.ts'
import type { Generation } from '../on-vault/generations.ts'
import { Tally } from '../planning/tally.ts'
import { CopyMeter } from '../progress.ts'
import { Prover } from '../proof/prover.ts'
import { say } from '../texts/texts.ts'
import { cleanPaths, findPaths, refuseOverVault } from './find-paths.ts'
import { openRecorded } from './points.ts'
import { TargetPlace } from './restore-place.ts'
import { proveRestore } from './restore-proof.ts'

export const restoreOptions = z.strictObject({
  existing: z
    .enum(['refuse', 'overwrite'])
    .default('refuse')
    .meta({
      title: 'When files exist',
      'x-enum-titles': { refuse: 'Refuse', overwrite: 'Overwrite' },
      description:
        'What to do when the target is not empty: refuse, or overwrite files of the same name. Other files are never touched',
    }),
})
export type RestoreOptions = z.infer<typeof restoreOptions>

export interface RestorePlan extends PlanBase {
  readonly writtenFiles: number
  readonly overwrittenFiles: number
  readonly copyBytes: number
  readonly roomBytes: number
}

type Input = RestoreInput<RestoreOptions>

/** An unfinished restore may go on in the target it has begun to fill; the checkpoint is how it knows. */
const checkpointSchema = z.object({ restoring: z.string(), target: z.string() })

interface Prepared {
  readonly generation: Generation
  /** The folder as it was judged; free of symlinks. */
  readonly target: string
  readonly only: readonly BytePath[] | null
  /** Something lies in the target: sizes and times there vouch for nothing. */
  readonly isFilled: boolean
}

async function prepare(cx: Context, input: Input, place: TargetPlace): Promise<Prepared> {
  const { path: vaultPath } = input.vault
  const generation = await openRecorded(vaultPath, input.point, cx.log)
  const { target } = place
  const cleaned = cleanPaths(input.paths)
  const isWhole = cleaned === null || cleaned.includes('.')
  await place.refuseInVault()
  const found = cleaned === null ? [] : await findPaths(generation, cleaned)
  const only = isWhole ? null : found
  await refuseOverVault(generation, target, vaultPath, only)
  const isFilled = await place.isFilled()
  const begun = checkpointSchema.safeParse(cx.checkpoint)
  const isOurs = begun.success && begun.data.restoring === input.point.id && begun.data.target === target
  if (isFilled && input.options.existing === 'refuse' && !isOurs) {
    throw new HoldfastError('restore-target-exists', `the folder ${target} is not empty`, {
      details: { target },
    })
  }
  return { generation, target, only, isFilled }
}

function copyOptionsOf(prepared: Prepared, target: string | HeldDirectory, signal: AbortSignal) {
  return {
    source: join(prepared.generation.directory, 'data'),
    target,
    checksum: prepared.isFilled,
    only: prepared.only?.map((path) => Buffer.from(path, 'latin1')),
    signal,
  }
}

async function plan(cx: Context, input: Input): Promise<RestorePlan> {
  await using place = await TargetPlace.open(input.target)
  const prepared = await prepare(cx, input, place)
  const options = copyOptionsOf(prepared, place.directory ?? prepared.target, cx.signal)
  const tally = new Tally(options.source)
  await dryRun({ ...options, keepExtra: true }, (item) => tally.add(item))
  const { newFiles, changedFiles, attributeFiles, copyBytes, roomBytes } = tally
  const { only, target } = prepared
  const overwrittenFiles = changedFiles + attributeFiles
  const whole = {
    what:
      only === null
        ? say('restore.everything')
        : say('restore.paths', { paths: only.map(displayPath).join(', ') }),
    reason: say('restore.from', { location: input.point.location }),
    expectedBytes: copyBytes,
  }
  const overwritten = {
    what: say('restore.overwrite', { files: overwrittenFiles }),
    reason: say('restore.overwriteReason'),
    expectedBytes: null,
  }
  return {
    summary: say('restore.plan', { written: newFiles, overwritten: overwrittenFiles, target }),
    items: overwrittenFiles > 0 ? [whole, overwritten] : [whole],
    guards: [],
    expectedBytes: copyBytes,
    writtenFiles: newFiles,
    overwrittenFiles,
    copyBytes,
    roomBytes,
  }
}

async function checkSpace(target: HeldDirectory, neededBytes: number): Promise<void> {
  const { freeBytes } = await fileSystemSpace(target.inside)
  if (neededBytes <= freeBytes) return
  throw new HoldfastError('vault-full', 'the target has not enough free space for the restore', {
    hint: 'Free space on the target, or restore to another folder.',
    details: { neededBytes, freeBytes },
  })
}

async function run(cx: RunContext, input: Input, restorePlan: RestorePlan): Promise<RunResult> {
  await using held = new AsyncDisposableStack()
  const { prepared, target } = await cx.step('check-point-and-target', async () => {
    const place = held.use(await TargetPlace.open(input.target))
    const prepared = await prepare(cx, input, place)
    await cx.saveCheckpoint({ restoring: input.point.id, target: prepared.target })
    const target = await place.make()
    await checkSpace(target, restorePlan.roomBytes)
    return { prepared, target }
  })
  await using watch = await WriteBackWatch.watch(target.inside)
  const startedMs = cx.now().getTime()
  let bytesMoved = 0
  await cx.step('copy', async () => {
    const options = copyOptionsOf(prepared, target, cx.signal)
    const { version } = await rsyncAbilities(cx.signal)
    const from = { restorePointId: input.point.id, generation: input.point.location }
    const paths = prepared.only?.map(tellPath) ?? null
    cx.log.info('restoring', { ...from, paths, rsyncVersion: version, command: copyCommand(options) })
    const meter = new CopyMeter(restorePlan.copyBytes, startedMs)
    const outcome = await copyTree(options, (event) => {
      if (event.type === 'progress') meter.transferred(event.doneBytes)
      else {
        meter.addItem()
        if (event.entry === 'file' && event.kind !== 'linked' && event.kind !== 'relinked')
          bytesMoved += event.sizeBytes
      }
      cx.progress(meter.at(cx.now().getTime()))
    })
    for (const name of outcome.leftOut) cx.log.error('a file could not be restored', { name })
  })
  await cx.step('write-to-disk', () => watch.flush(cx.signal))
  await using prover = new Prover(prepared.generation.directory, cx.signal)
  const proof = await cx.step('compare-with-point', () => proveRestore(cx, prover, { ...prepared, target }))
  const durationMs = cx.now().getTime() - startedMs
  const { checkedItems, checkedBytes } = proof
  cx.log.info('restored and compared', { target: prepared.target, bytesMoved, checkedItems, checkedBytes })
  return {
    summary: say('restore.summary', { count: proof.checkedItems, target: prepared.target }),
    bytesMoved,
    counts: { items: proof.checkedItems, overwritten: restorePlan.overwrittenFiles },
    details: { target: prepared.target, comparedBytes: proof.checkedBytes, durationMs },
    points: [],
    assets: [],
  }
}

export const diskCopyRestore: RestoreFacet<RestoreOptions, RestorePlan> = {
  options: restoreOptions,
  overwrites: ({ existing }) => existing === 'overwrite',
  plan: (cx, input) => withDiskErrors(() => plan(cx, input)),
  run: (cx, input, restorePlan) => withDiskErrors(() => run(cx, input, restorePlan)),
}
