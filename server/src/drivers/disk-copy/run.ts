import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { byteSizeOf, HoldfastError } from '@holdfast/contract'
import { TEMPORARY_SUFFIX } from '../../clients/disks/durable-file.ts'
import { fileSystemSpace } from '../../clients/disks/file-system.ts'
import { WriteBackWatch } from '../../clients/disks/syncfs.ts'
import { throwIfCanceled } from '../../kit/exec.ts'
import type { RunContext, RunResult } from '../driver.ts'
import { commitGeneration } from './commit.ts'
import type { DiskCopyConfig } from './config.ts'
import { type Copied, copyData } from './copy.ts'
import { type LeftOut, leftOutOf, warnOfLeftOut } from './left-out.ts'
import { finishRemovals } from './on-vault/delete.ts'
import { namesIn } from './on-vault/generations.ts'
import { MANIFEST_FILE, MARKS_FILE, PARTIAL, SUMS_FILE, TREE_FILE } from './on-vault/layout.ts'
import { type JobLock, jobLock } from './on-vault/lock.ts'
import { discardPartial, hasPartial } from './on-vault/partial.ts'
import { type Basis, type DiskCopyPlan, findBasis, vaultOf } from './planning/plan.ts'
import { openSource, refuseOverlap, type Source } from './planning/source.ts'
import type { BuildResult } from './proof/build.ts'
import { Prover } from './proof/prover.ts'
import { say } from './texts/texts.ts'

/** One listing line for each entry, twice at most, with a long name. */
const LISTING_BYTES_PER_ENTRY = 400

export async function runCopy(cx: RunContext<DiskCopyConfig>, plan: DiskCopyPlan): Promise<RunResult> {
  const vault = vaultOf(cx.job.vault)
  await using held = new AsyncDisposableStack()
  const vaultPath = vault.path
  const source = await cx.step('check-source-and-vault', async () => {
    const found = held.use(await openSource(cx.job.config.source))
    refuseVanished(found, plan)
    await hasPartial(join(vaultPath, cx.job.id))
    await refuseOverlap(found, vaultPath, cx.job.config)
    return found
  })
  const places = { source: source.path, vault: vault.name, vaultPath }
  cx.log.info('source and vault are there', { ...places, sourceIsEmpty: source.isEmpty })
  const jobDirectory = join(vaultPath, cx.job.id)
  await using lock = await cx.step('lock-job', () =>
    cx.acquire(jobLock, {
      path: join(jobDirectory, '.lock'),
      jobId: cx.job.id,
      runId: cx.runId,
      takenAt: cx.now().toISOString(),
    }),
  )
  await cx.step('finish-earlier-runs', () => finishRemovals(cx, jobDirectory))
  await cx.step('check-free-space', () => checkSpace(cx, vaultPath, vault.minFreeBytes, plan))

  await using watch = await WriteBackWatch.watch(jobDirectory)
  const directory = join(jobDirectory, PARTIAL)
  await using prover = new Prover(directory, cx.signal)
  const takenAt = cx.now()
  const basis = await findBasis(cx, vaultPath)
  const { previous, isContinued, compareContents } = basis
  const previousGeneration = previous && basename(previous.directory)
  cx.log.info('what the copy builds on', { previousGeneration, isContinued, compareContents })
  if (basis.isContinued) {
    await cx.step('check-unfinished-copy', () => checkPartial(cx, source, directory, basis, prover))
  }
  const copied = await cx.step('copy', () => copy(cx, source, directory, basis, lock.handle, prover, plan))
  // The listing reads from memory while the disk writes: it is begun here and awaited two lines below.
  const listing = list(cx, directory, basis, prover)
  listing.catch(() => {})
  await cx.step('write-to-disk', () => flush(cx, watch, jobDirectory))
  const listed = await cx.step('list-and-hash', () => listing)
  const { itemCount, fileCount, sizeBytes, addedBytes, gapCount } = listed
  cx.log.info('listed', { itemCount, fileCount, sizeBytes, addedBytes, notListed: gapCount })
  const leftOut = leftOutOf(source.path, copied.outcome, listed)
  warnOfLeftOut(cx, leftOut)
  if (listed.fileCount === 0) cx.warn(say('run.noFiles'))
  const point = await cx.step('commit', async () => {
    throwIfCanceled(cx.signal)
    return commitGeneration(cx, { vaultPath, takenAt, leftOut, listed, previous: basis.previous })
  })
  const { location, manifest } = point
  cx.log.info('restore point made', { restorePointId: manifest.id, generation: location })
  return resultOf(cx, plan, { copied, listed, leftOut, point })
}

/** A source that held files when the run was planned and is empty now was unmounted in between. */
function refuseVanished(source: Source, plan: DiskCopyPlan): void {
  if (!source.isEmpty || plan.sourceIsEmpty) return
  throw new HoldfastError('source-gone', 'the source has become empty since the run was planned', {
    details: { path: source.path },
  })
}

async function checkSpace(
  cx: RunContext,
  vaultPath: string,
  reserveBytes: number,
  plan: DiskCopyPlan,
): Promise<void> {
  const space = await fileSystemSpace(vaultPath)
  const neededBytes = plan.roomBytes + plan.newEntries * LISTING_BYTES_PER_ENTRY + reserveBytes
  const details = { neededBytes, reserveBytes, freeBytes: space.freeBytes, neededEntries: plan.newEntries }
  if (neededBytes > space.freeBytes) {
    throw new HoldfastError('vault-full', 'the vault has not enough free space for this copy', { details })
  }
  if (space.freeInodes !== null && plan.newEntries > space.freeInodes) {
    throw new HoldfastError('vault-full', 'the file system of the vault cannot hold so many more files', {
      details: { ...details, freeEntries: space.freeInodes },
    })
  }
  cx.log.info('the vault has room', details)
}

async function checkPartial(
  cx: RunContext,
  source: Source,
  directory: string,
  basis: Basis,
  prover: Prover,
): Promise<void> {
  const request = { directory, source: source.directory.inside, previous: basis.previous?.directory ?? null }
  const step = 'check-unfinished-copy'
  const done = await prover.weed(request, ({ comparedFiles, comparedBytes }) =>
    cx.progress({ step, doneItems: comparedFiles, doneBytes: comparedBytes }),
  )
  cx.log.info('an unfinished copy is continued', { ...done })
}

async function copy(
  cx: RunContext<DiskCopyConfig>,
  source: Source,
  directory: string,
  basis: Basis,
  lock: JobLock,
  prover: Prover,
  plan: DiskCopyPlan,
): Promise<Copied> {
  const { config } = cx.job
  await mkdir(directory, { recursive: true })
  // Listings of an attempt that died before its commit are made anew; only the data is continued.
  const listings = new Set([TREE_FILE, SUMS_FILE, MARKS_FILE, MANIFEST_FILE])
  for (const name of await namesIn(directory)) {
    if (listings.has(name) || name.endsWith(TEMPORARY_SUFFIX)) await rm(join(directory, name))
  }
  const options = {
    source: source.directory,
    target: join(directory, 'data'),
    linkDest: basis.previous ? join(basis.previous.directory, 'data') : undefined,
    exclude: config.exclude,
    oneFileSystem: config.oneFileSystem,
    mirror: true,
    checksum: basis.compareContents,
    bytesPerSecondLimit: config.bandwidthLimit ? byteSizeOf(config.bandwidthLimit) : undefined,
    inherit: [lock.fd],
  }
  const copied = await copyData(cx, options, plan.copyBytes, config.hash ? prover : null)
  const { vanishedCount } = copied.outcome
  if (vanishedCount > 0) cx.warn(say('run.vanished', { count: vanishedCount }))
  return copied
}

async function flush(cx: RunContext, watch: WriteBackWatch, jobDirectory: string): Promise<void> {
  try {
    await watch.flush(cx.signal)
  } catch (error) {
    const isLoss = error instanceof HoldfastError && ['write-failed', 'vault-full'].includes(error.code)
    if (isLoss) await discardPartial(jobDirectory, cx.runId)
    throw error
  }
}

function list(
  cx: RunContext<DiskCopyConfig>,
  directory: string,
  basis: Basis,
  prover: Prover,
): Promise<BuildResult> {
  return prover.build(
    {
      directory,
      previous: basis.previous?.directory ?? null,
      withHashes: cx.job.config.hash,
      previousSumsSha256: basis.compareContents ? null : (basis.previous?.details.sumsSha256 ?? null),
    },
    ({ itemCount }) => cx.progress({ step: 'list-and-hash', doneItems: itemCount }),
  )
}

function resultOf(
  cx: RunContext<DiskCopyConfig>,
  plan: DiskCopyPlan,
  {
    copied,
    listed,
    leftOut,
    point,
  }: { copied: Copied; listed: BuildResult; leftOut: LeftOut; point: RunResult['points'][number] },
): RunResult {
  const { newFiles, changedFiles, attributeFiles, deletedFiles } = plan.counts
  const source = cx.job.config.source
  return {
    summary: say('run.summary', { moved: copied.bytesMoved, count: listed.fileCount }),
    bytesMoved: copied.bytesMoved,
    counts: {
      new: newFiles,
      changed: changedFiles + attributeFiles,
      deleted: deletedFiles,
      files: listed.fileCount,
      leftOut: leftOut.count,
    },
    details: { location: point.location, addedBytes: listed.addedBytes, complete: leftOut.complete },
    points: [point],
    assets: [{ kind: 'folder', key: source, name: basename(source) || source }],
  }
}
