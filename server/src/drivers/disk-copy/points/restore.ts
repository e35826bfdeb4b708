import { mkdir, readdir, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, normalize } from 'node:path'
import { HoldfastError, type PlanBase } from '@holdfast/contract'
import { z } from 'zod'
import { fileSystemSpace } from '../../../clients/disks/file-system.ts'
import { WriteBackWatch } from '../../../clients/disks/syncfs.ts'
import { copyTree, dryRun } from '../../../clients/rsync/rsync.ts'
import type { Context, RestoreFacet, RestoreInput, RunContext, RunResult } from '../../driver.ts'
import { withDiskErrors } from '../on-vault/disk-error.ts'
import type { Generation } from '../on-vault/generations.ts'
import { openUsedVault } from '../on-vault/vault.ts'
import { Tally } from '../planning/tally.ts'
import { CopyMeter } from '../progress.ts'
import { Prover } from '../proof/prover.ts'
import { cleanPaths, refuseOverVault, refuseUnknownPaths } from './find-paths.ts'
import { openGeneration } from './points.ts'
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
  readonly target: string
  readonly only: readonly string[] | null
  /** Something lies in the target: sizes and times there vouch for nothing. */
  readonly isFilled: boolean
}

/** Real path of something that need not exist yet: that of its nearest existing ancestor, and the rest. */
async function resolveTarget(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return join(await resolveTarget(dirname(path)), basename(path))
  }
}

async function isFilled(target: string): Promise<boolean> {
  try {
    return (await readdir(target)).length > 0
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return false
    if (code === 'ENOTDIR')
      throw new HoldfastError('restore-target-exists', 'the target is a file, not a folder')
    throw error
  }
}

async function prepare(cx: Context, input: Input): Promise<Prepared> {
  const vaultPath = await openUsedVault(input.vault)
  const generation = await openGeneration(vaultPath, input.point, cx.log)
  if (!isAbsolute(input.target)) {
    throw new HoldfastError('config-invalid', 'the folder to restore into is named by its absolute path')
  }
  const target = await resolveTarget(normalize(input.target))
  const cleaned = cleanPaths(input.paths)
  const only = cleaned?.includes('.') ? null : cleaned
  await refuseOverVault(generation, target, vaultPath, only)
  if (cleaned !== null) await refuseUnknownPaths(generation, cleaned)
  const filled = await isFilled(target)
  const begun = checkpointSchema.safeParse(cx.checkpoint)
  const isOurs = begun.success && begun.data.restoring === input.point.id && begun.data.target === target
  if (filled && input.options.existing === 'refuse' && !isOurs) {
    throw new HoldfastError('restore-target-exists', `the folder ${target} is not empty`, {
      details: { target },
    })
  }
  return { generation, target, only, isFilled: filled }
}

function copyOptionsOf(prepared: Prepared, signal: AbortSignal) {
  return {
    source: join(prepared.generation.directory, 'data'),
    target: prepared.target,
    checksum: prepared.isFilled,
    only: prepared.only?.map((path) => Buffer.from(path)),
    signal,
  }
}

async function plan(cx: Context, input: Input): Promise<RestorePlan> {
  const prepared = await prepare(cx, input)
  const options = copyOptionsOf(prepared, cx.signal)
  const tally = new Tally(options.source)
  await dryRun({ ...options, keepExtra: true }, (item) => tally.add(item))
  const { newFiles, changedFiles, attributeFiles, copyBytes, roomBytes } = tally
  const what = prepared.only === null ? 'everything' : prepared.only.join(', ')
  const overwrittenFiles = changedFiles + attributeFiles
  return {
    summary: `write ${newFiles} files and overwrite ${overwrittenFiles} in ${prepared.target}`,
    items: [
      { what: `restore ${what}`, reason: `from ${input.point.location}`, expectedBytes: copyBytes },
      ...(overwrittenFiles > 0
        ? [
            {
              what: `overwrite ${overwrittenFiles} files`,
              reason: 'they differ from the restore point',
              expectedBytes: null,
            },
          ]
        : []),
    ],
    guards: [],
    expectedBytes: copyBytes,
    writtenFiles: newFiles,
    overwrittenFiles,
    copyBytes,
    roomBytes,
  }
}

async function checkSpace(target: string, neededBytes: number): Promise<void> {
  const { freeBytes } = await fileSystemSpace(target)
  if (neededBytes <= freeBytes) return
  throw new HoldfastError('vault-full', 'the target has not enough free space for the restore', {
    hint: 'Free space on the target, or restore to another folder.',
    details: { neededBytes, freeBytes },
  })
}

async function run(cx: RunContext, input: Input, restorePlan: RestorePlan): Promise<RunResult> {
  const prepared = await cx.step('Check restore point and target', async () => {
    const found = await prepare(cx, input)
    await cx.saveCheckpoint({ restoring: input.point.id, target: found.target })
    await mkdir(found.target, { recursive: true })
    await checkSpace(found.target, restorePlan.roomBytes)
    return found
  })
  await using watch = await WriteBackWatch.watch(prepared.target)
  const startedMs = cx.now().getTime()
  let bytesMoved = 0
  await cx.step('Copy', async () => {
    const meter = new CopyMeter(restorePlan.copyBytes, startedMs)
    const outcome = await copyTree(copyOptionsOf(prepared, cx.signal), (event) => {
      if (event.type === 'progress') meter.transferred(event.doneBytes)
      else {
        meter.addItem()
        if (event.entry === 'file' && event.kind !== 'linked') bytesMoved += event.sizeBytes
      }
      cx.progress(meter.at(cx.now().getTime()))
    })
    for (const name of outcome.leftOut) cx.log.error('a file could not be restored', { name })
  })
  await cx.step('Write everything to the disk', () => watch.flush(cx.signal))
  await using prover = new Prover(prepared.generation.directory, cx.signal)
  const proof = await cx.step('Compare with the restore point', () => proveRestore(cx, prover, prepared))
  const durationMs = cx.now().getTime() - startedMs
  return {
    summary: `restored ${proof.checkedItems} entries to ${prepared.target} and compared them`,
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
