import { join } from 'node:path'
import { HoldfastError, type KeyedPhrase, type PlanBase, type PlanItem } from '@holdfast/contract'
import { dryRun } from '../../../clients/rsync/rsync.ts'
import type { Context, Vault } from '../../driver.ts'
import type { DiskCopyConfig } from '../config.ts'
import { type Generation, generationsOf } from '../on-vault/generations.ts'
import { PARTIAL } from '../on-vault/layout.ts'
import { hasPartial } from '../on-vault/partial.ts'
import { say } from '../texts/texts.ts'
import { findGuards, findUnreadable } from './guards.ts'
import { openSource, refuseOverlap } from './source.ts'
import { Tally, type TallyCounts } from './tally.ts'

export interface DiskCopyPlan extends PlanBase {
  /** Location of the restore point that unchanged files are shared with; null for a full copy. */
  readonly previous: string | null
  readonly counts: TallyCounts
  /** Bytes that pass through the copy: the whole of its progress. Null when contents must be compared to know. */
  readonly copyBytes: number | null
  /** Room the copy takes on the vault, at least. */
  readonly roomBytes: number
  readonly newEntries: number
  readonly sourceIsEmpty: boolean
}

export interface Basis {
  readonly previous: Generation | null
  /** An earlier attempt left a copy to go on with. */
  readonly isContinued: boolean
  /** A restore point is damaged: others share its files, so sizes and times vouch for nothing, everything is compared. */
  readonly compareContents: boolean
}

/** One block on ext4 and XFS. */
const DIRECTORY_BYTES = 4096

export function vaultOf(vault: Vault | null): Vault {
  if (vault) return vault
  throw new HoldfastError('config-invalid', 'a disk-copy job needs a vault')
}

/** What a new copy builds on, found on the vault. */
export async function findBasis(cx: Context, vaultPath: string): Promise<Basis> {
  const generations = await generationsOf(vaultPath, cx.job.id, cx.log)
  const previous = generations[0] ?? null
  const isContinued = await hasPartial(join(vaultPath, cx.job.id))
  return { previous, isContinued, compareContents: mayShareDamage(generations) }
}

/** Newest first: damage found anywhere, and no full check since that says the files of a later point are sound. */
export function mayShareDamage(generations: readonly Pick<Generation, 'marks'>[]): boolean {
  for (const { marks } of generations) {
    if (marks.verifiedOk === false) return true
    if (marks.verifiedOk && marks.verifiedLevel === 'full') return false
  }
  return false
}

export async function planCopy(cx: Context<DiskCopyConfig>): Promise<DiskCopyPlan> {
  const { config } = cx.job
  await using source = await openSource(config.source)
  const vault = vaultOf(cx.job.vault)
  await refuseOverlap(source, vault.path, config)
  const basis = await findBasis(cx, vault.path)
  const common = {
    source: source.directory,
    exclude: config.exclude,
    oneFileSystem: config.oneFileSystem,
    signal: cx.signal,
  }
  const jobDirectory = join(vault.path, cx.job.id)
  const previousData = basis.previous ? join(basis.previous.directory, 'data') : null
  const change = new Tally(source.directory.inside)
  const target = previousData ?? join(jobDirectory, '.none')
  const outcome = await dryRun({ ...common, target }, (item) => change.add(item))
  let work = change
  if (basis.isContinued) {
    work = new Tally(source.directory.inside)
    const target = join(jobDirectory, PARTIAL, 'data')
    const linkDest = previousData ?? undefined
    await dryRun({ ...common, target, linkDest, mirror: true }, (item) => work.add(item))
  }
  const sharedDirectories = directoriesMadeAnew(basis)
  const copyBytes = basis.compareContents ? null : work.copyBytes
  const counts = change.counts()
  const previousFiles = basis.previous?.details.fileCount ?? null
  return {
    summary: summarize(counts, basis),
    items: describe(counts, basis, config.source, copyBytes),
    guards: [
      ...findGuards(counts, previousFiles, source.isEmpty, config.guards),
      ...findUnreadable(outcome, basis.previous?.details ?? null),
    ],
    expectedBytes: copyBytes,
    previous: basis.previous?.location ?? null,
    counts,
    copyBytes,
    roomBytes: work.roomBytes + sharedDirectories * DIRECTORY_BYTES,
    sourceIsEmpty: source.isEmpty,
    newEntries:
      work.newFiles + work.changedFiles + work.attributeFiles + work.otherEntries + sharedDirectories,
  }
}

/** Directories that a dry run finds unchanged: they cannot be hard links. Of a continued copy it names those to come. */
function directoriesMadeAnew({ previous, isContinued }: Basis): number {
  if (previous === null || isContinued) return 0
  return previous.details.directoryCount ?? previous.manifest.itemCount - previous.details.fileCount
}

function reasonsOf({ previous, isContinued, compareContents }: Basis): KeyedPhrase[] {
  return [
    previous ? say('plan.incremental', { takenAt: previous.manifest.takenAt }) : say('plan.full'),
    ...(isContinued ? [say('plan.continued')] : []),
    ...(compareContents ? [say('plan.compared')] : []),
  ]
}

function summarize(counts: TallyCounts, basis: Basis): KeyedPhrase[] {
  const { newFiles, changedFiles, attributeFiles, deletedFiles } = counts
  const changed = changedFiles + attributeFiles
  const changes = say('plan.changes', { created: newFiles, changed, deleted: deletedFiles })
  return [changes, ...reasonsOf(basis)]
}

function describe(counts: TallyCounts, basis: Basis, source: string, copyBytes: number | null): PlanItem[] {
  const whole = { what: say('plan.copy', { source }), reason: reasonsOf(basis), expectedBytes: copyBytes }
  if (!basis.previous) return [whole]
  const parts = [
    [counts.newFiles, 'plan.newFiles', 'plan.newReason'],
    [counts.changedFiles, 'plan.changedFiles', 'plan.changedReason'],
    [counts.attributeFiles, 'plan.attributeFiles', 'plan.attributeReason'],
    [counts.deletedFiles, 'plan.deletedFiles', 'plan.deletedReason'],
  ] as const
  const lines = parts.flatMap(([files, what, reason]) =>
    files > 0 ? [{ what: say(what, { files }), reason: say(reason), expectedBytes: null }] : [],
  )
  return [whole, ...lines]
}
