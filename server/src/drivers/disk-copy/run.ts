import { basename, dirname, join } from 'node:path'
import { byteSizeOf, HoldfastError } from '@holdfast/contract'
import { fileSystemSpace } from '../../clients/disks/file-system.ts'
import { WriteBackWatch } from '../../clients/disks/syncfs.ts'
import { throwIfCanceled } from '../../kit/exec.ts'
import type { JobLock } from '../../point-directories/lock.ts'
import { LOCK_FILE, PARTIAL } from '../../point-directories/names.ts'
import { finishRemovals } from '../../point-directories/removal.ts'
import type { RunContext, RunResult } from '../driver.ts'
import { type Basis, findBasis, isInPlace, linkDestOf, referenceOf } from './building/basis.ts'
import { carryOver } from './building/carry-over.ts'
import { discard, prepareCopy } from './building/prepare.ts'
import { commitGeneration } from './commit.ts'
import type { DiskCopyConfig } from './config.ts'
import { type Copied, copyData, NOTHING_COPIED } from './copy.ts'
import { type LeftOut, leftOutOf, warnOfLeftOut } from './left-out.ts'
import { jobLock } from './on-vault/lock.ts'
import { REPLACED, SUMS_FILE } from './on-vault/names.ts'
import { discardPartial, distrustPartial, hasPartial, isDistrusted, trustAgain } from './on-vault/partial.ts'
import { type DiskCopyPlan, selectionOf, vaultOf } from './planning/plan.ts'
import { openSource, refuseOverlap, type Source } from './planning/source.ts'
import { findSourceMount } from './planning/source-mount.ts'
import { untouchedSince } from './planning/untouched.ts'
import type { BuildResult } from './proof/build.ts'
import { Prover } from './proof/prover.ts'
import type { Known } from './proof/unchanged.ts'
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
      path: join(jobDirectory, LOCK_FILE),
      jobId: cx.job.id,
      runId: cx.runId,
      takenAt: cx.now().toISOString(),
    }),
  )
  await cx.step('finish-earlier-runs', () =>
    finishRemovals(cx, jobDirectory, (left) => say('run.notDeleted', left)),
  )
  await cx.step('check-free-space', () => checkSpace(cx, vaultPath, vault.minFreeBytes, plan))

  await using watch = await WriteBackWatch.watch(jobDirectory)
  const directory = join(jobDirectory, PARTIAL)
  const basis = await findBasis(cx, vaultPath)
  const untouchedAt = untouchedSince(cx, source, basis)
  const { kind, start, isContinued, isDamaged } = basis
  const previousGeneration = basis.previous && basename(basis.previous.directory)
  const built = { kind, previousGeneration, isContinued, start: isContinued ? null : start, isDamaged }
  cx.log.info('what the copy builds on', built)
  await cx.step('prepare-copy', () => prepareCopy(cx, basis, jobDirectory))
  await using prover = new Prover(directory, cx.signal)
  if (basis.isContinued) {
    await cx.step('check-unfinished-copy', () => checkPartial(cx, source, directory, basis, prover))
  }
  const { copied, carried, takenAt } = await cx.step('copy', async () => {
    const repeated = untouchedAt && (await carryOver(cx, basis, jobDirectory, lock.handle))
    if (repeated) return { copied: NOTHING_COPIED, carried: repeated, takenAt: untouchedAt }
    const startedAt = cx.now()
    const done = await copy(cx, source, directory, basis, lock.handle, prover, plan)
    return { copied: done, carried: null, takenAt: startedAt }
  })
  // The listing reads from memory while the disk writes: it is begun here and awaited two lines below.
  const listing = carried ? Promise.resolve(carried) : list(cx, directory, basis, prover)
  listing.catch(() => {})
  await cx.step('write-to-disk', () => flush(cx, watch, jobDirectory, basis))
  const listed = await cx.step('list-and-hash', () => listing)
  const { itemCount, fileCount, sizeBytes, gapCount } = listed
  const addedBytes = Math.max(0, listed.addedBytes - copied.sharedBytes)
  cx.log.info('listed', { itemCount, fileCount, sizeBytes, addedBytes, notListed: gapCount })
  const leftOut = leftOutOf(source.path, copied.outcome, listed)
  warnOfLeftOut(cx, leftOut)
  if (listed.fileCount === 0) cx.warn(say('run.noFiles'))
  const point = await cx.step('commit', async () => {
    throwIfCanceled(cx.signal)
    const sourceMount = await findSourceMount(source.path)
    const { exclude } = selectionOf(cx, source)
    const facts = { leftOut, listed, addedBytes, sourceMount, exclude }
    return commitGeneration(cx, { vaultPath, takenAt, basis, ...facts })
  })
  const { location, manifest } = point
  cx.log.info('restore point made', { restorePointId: manifest.id, generation: location })
  const replaced = basis.kind === 'mirror' ? referenceOf(basis) : null
  return {
    ...resultOf(cx, plan, { copied, listed, leftOut, point }),
    ...(replaced ? { replaced: [replaced.manifest.id] } : {}),
  }
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
  const request = {
    directory,
    source: source.directory.inside,
    known: knownOf(basis, directory),
    linkedTo: basis.isPreviousSubvolume ? null : (basis.previous?.directory ?? null),
    parts: isInPlace(basis),
    distrusted: await isDistrusted(directory),
  }
  const step = 'check-unfinished-copy'
  const done = await prover.weed(request, ({ comparedFiles, comparedBytes }) =>
    cx.progress({ step, doneItems: comparedFiles, doneBytes: comparedBytes }),
  )
  await trustAgain(directory)
  cx.log.info('an unfinished copy is continued', { ...done, distrusted: request.distrusted })
}

/** What tells a file that has not changed since it was listed. */
function knownOf(basis: Basis, directory: string): Known {
  const reference = referenceOf(basis)
  if (basis.kind === 'mirror')
    return reference ? { type: 'seen', directory: join(directory, REPLACED) } : { type: 'nothing' }
  if (linkDestOf(basis) !== undefined && reference) return { type: 'linked', directory: reference.directory }
  return isInPlace(basis) && basis.isPreviousSubvolume && reference
    ? { type: 'snapshot', directory: reference.directory }
    : { type: 'nothing' }
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
  const { previous } = basis
  if (isInPlace(basis) && !basis.isContinued && previous) await prover.part({ directory })
  const selection = selectionOf(cx, source)
  const options = {
    ...selection,
    target: join(directory, 'data'),
    linkDest: linkDestOf(basis),
    inPlace: isInPlace(basis),
    mirror: true,
    deletesUnread: basis.kind !== 'mirror',
    maxDelete: mayDelete(basis, plan, selection.exclude),
    checksum: basis.isDamaged || config.compare === 'contents',
    bytesPerSecondLimit: config.bandwidthLimit ? byteSizeOf(config.bandwidthLimit) : undefined,
    inherit: [lock.fd],
  }
  prover.standBy()
  const copied = await copyData(cx, options, plan.copyBytes, config.hash ? prover : null).catch(
    async (error: unknown) => {
      // What a snapshot lacks is little to copy again; left there, not even its removal would find room on the disk.
      if (isInPlace(basis) && error instanceof HoldfastError && error.code === 'vault-full')
        await discard(cx, dirname(directory))
      throw error
    },
  )
  const { vanishedCount } = copied.outcome
  if (vanishedCount > 0) cx.warn(say('run.vanished', { count: vanishedCount }))
  if (basis.kind === 'mirror' && referenceOf(basis) && !copied.outcome.complete)
    cx.warn(say('run.notRemoved'))
  return copied
}

/** The plan was looked at by guards, and maybe by a person: a copy that removes much more than it said is not what they saw. */
function mayDelete(basis: Basis, plan: DiskCopyPlan, exclude: readonly string[]): number | undefined {
  const reference = referenceOf(basis)
  const works = basis.kind === 'mirror' || isInPlace(basis)
  // What is left out from now on is not counted as deleted, but is removed.
  const isSameSelection = String(reference?.details.exclude) === String(exclude)
  if (!works || !reference || basis.isContinued || !isSameSelection) return undefined
  return plan.deletedEntries + Math.max(100, Math.ceil(reference.manifest.itemCount / 20))
}

async function flush(
  cx: RunContext,
  watch: WriteBackWatch,
  jobDirectory: string,
  basis: Basis,
): Promise<void> {
  try {
    await watch.flush(cx.signal)
  } catch (error) {
    const isLoss = error instanceof HoldfastError && ['write-failed', 'vault-full'].includes(error.code)
    if (isLoss && basis.kind === 'mirror' && referenceOf(basis)) await distrustPartial(jobDirectory)
    else if (isLoss) await discardPartial(jobDirectory, cx.runId)
    throw error
  }
}

function list(
  cx: RunContext<DiskCopyConfig>,
  directory: string,
  basis: Basis,
  prover: Prover,
): Promise<BuildResult> {
  const reference = referenceOf(basis)
  const sha256 = basis.isDamaged ? null : (reference?.details.sumsSha256 ?? null)
  const listings = basis.kind === 'mirror' ? join(directory, REPLACED) : (reference?.directory ?? '')
  return prover.build(
    {
      directory,
      withHashes: cx.job.config.hash,
      known: knownOf(basis, directory),
      sums: sha256 === null ? null : { path: join(listings, SUMS_FILE), sha256 },
      notesSeen: basis.kind === 'mirror',
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
    details: { location: point.location, addedBytes: point.manifest.addedBytes, complete: leftOut.complete },
    points: [point],
    assets: [{ kind: 'folder', key: source, name: basename(source) || source }],
  }
}
