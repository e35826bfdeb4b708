import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { HoldfastError, type KeyedPhrase, type PlanBase, type PlanItem } from '@holdfast/contract'
import { type CopyOptions, dryRun } from '../../../clients/rsync/rsync.ts'
import { excludesFor } from '../../../domain/lock-files/excludes.ts'
import { PARTIAL } from '../../../point-directories/names.ts'
import type { Context, Vault } from '../../driver.ts'
import { type Basis, findBasis, isInPlace, linkDestOf, referenceOf } from '../building/basis.ts'
import type { DiskCopyConfig } from '../config.ts'
import type { Generation } from '../on-vault/generations.ts'
import { readListing } from '../on-vault/read-listing.ts'
import { say } from '../texts/texts.ts'
import { extensionOf } from './deltas.ts'
import { findGuards, findUnreadable } from './guards.ts'
import { openSource, refuseOverlap, type Source } from './source.ts'
import { findSourceMount, findUnmounted } from './source-mount.ts'
import { type Replacing, Tally, type TallyCounts } from './tally.ts'
import { noteUntouched } from './untouched.ts'

export interface DiskCopyPlan extends PlanBase {
  /** Location of the restore point that unchanged files are shared with; null for a full copy. */
  readonly previous: string | null
  readonly replaces: string[]
  readonly counts: TallyCounts
  /** Bytes that pass through the copy: the whole of its progress. Null when contents must be compared to know. */
  readonly copyBytes: number | null
  /** Room the copy takes on the vault, at least. */
  readonly roomBytes: number
  readonly newEntries: number
  /** Entries that the copy removes where it works, folders included. */
  readonly deletedEntries: number
  readonly sourceIsEmpty: boolean
}

/** One block on ext4 and XFS. */
const DIRECTORY_BYTES = 4096

export function vaultOf(vault: Vault | null): Vault {
  if (vault) return vault
  throw new HoldfastError('config-invalid', 'a disk-copy job needs a vault')
}

/** What is copied and how it is compared: the same for the dry run and for the copy. */
export function selectionOf({ job: { config, spec } }: Context<DiskCopyConfig>, source: Source) {
  return {
    source: source.directory,
    // Before the user's patterns: the first one that matches counts.
    exclude: [...excludesFor(spec.lockFiles, source.path), ...config.exclude],
    oneFileSystem: config.oneFileSystem,
  } satisfies Partial<CopyOptions>
}

export async function planCopy(cx: Context<DiskCopyConfig>): Promise<DiskCopyPlan> {
  const { config } = cx.job
  await using source = await openSource(config.source)
  const vault = vaultOf(cx.job.vault)
  await refuseOverlap(source, vault.path, config)
  const basis = await findBasis(cx, vault.path)
  const selection = selectionOf(cx, source)
  const common = { ...selection, checksum: config.compare === 'contents', signal: cx.signal }
  const reference = referenceOf(basis)
  const partial = join(vault.path, cx.job.id, PARTIAL, 'data')
  const compared = reference ? join(reference.directory, 'data') : join(vault.path, cx.job.id, '.none')
  const change = new Tally(source.directory.inside, replacingOf(basis), compared)
  const at = cx.now()
  const outcome = await dryRun({ ...common, target: compared }, (item) => change.add(item))
  noteUntouched(cx, source, { at, basis, exclude: selection.exclude, change, outcome })
  let work = change
  if (basis.isContinued && compared !== partial) {
    const unfinished = new Tally(source.directory.inside, replacingOf(basis), partial)
    const deletesUnread = basis.kind !== 'mirror'
    const options = { ...common, target: partial, linkDest: linkDestOf(basis), mirror: true, deletesUnread }
    await dryRun(options, (item) => unfinished.add(item))
    work = unfinished
  }
  const sharedDirectories = directoriesMadeAnew(basis)
  const copyBytes = basis.isDamaged && config.compare !== 'contents' ? null : work.copyBytes
  const counts = change.counts()
  const found = {
    counts,
    deltas: change.deltas,
    previousFiles: reference?.details.fileCount ?? null,
    sourceIsEmpty: source.isEmpty,
    hadExtension: (extension: string) => hasExtension(reference, extension),
  }
  return {
    summary: [changesOf(counts), ...reasonsOf(basis, config)],
    items: describe(counts, basis, config, copyBytes),
    guards: [
      ...findUnmounted(reference?.details.sourceMount ?? null, await findSourceMount(source.path)),
      ...(await findGuards(found, config.guards)),
      ...findUnreadable(outcome, reference?.details ?? null),
    ],
    expectedBytes: copyBytes,
    previous: basis.previous?.location ?? null,
    replaces: basis.kind === 'mirror' && reference ? [reference.manifest.id] : [],
    counts,
    copyBytes,
    roomBytes: work.roomBytes + sharedDirectories * DIRECTORY_BYTES,
    sourceIsEmpty: source.isEmpty,
    deletedEntries: work.deletedEntries,
    newEntries:
      work.newFiles + work.changedFiles + work.attributeFiles + work.otherEntries + sharedDirectories,
  }
}

function replacingOf(basis: Basis): Replacing {
  if (isInPlace(basis)) return 'in-place'
  return basis.kind === 'mirror' && referenceOf(basis) !== null ? 'replace' : 'beside'
}

/** Directories that a dry run finds unchanged: they cannot be hard links. Of a continued copy it names those to come. */
function directoriesMadeAnew(basis: Basis): number {
  const { previous, isContinued } = basis
  if (previous === null || isContinued || linkDestOf(basis) === undefined) return 0
  return previous.details.directoryCount ?? previous.manifest.itemCount - previous.details.fileCount
}

/** Lines of a listing that are looked at before others get their turn. */
const LINES_AT_ONCE = 5000

async function hasExtension(generation: Generation | null, extension: string): Promise<boolean> {
  if (generation === null) return false
  let count = 0
  try {
    for (const line of readListing(generation)) {
      if (line?.type === 'f' && extensionOf(line.path) === extension) return true
      count += 1
      if (count % LINES_AT_ONCE === 0) await setImmediate()
    }
  } catch (error) {
    // A listing that nobody can read vouches for no ending: then a person is asked.
    if (!(error instanceof HoldfastError && error.code === 'restore-point-damaged')) throw error
  }
  return false
}

function reasonsOf(basis: Basis, config: DiskCopyConfig): KeyedPhrase[] {
  const reference = referenceOf(basis)
  const takenAt = reference?.manifest.takenAt
  return [
    takenAt === undefined ? say('plan.full') : say('plan.incremental', { takenAt }),
    ...(basis.isContinued ? [say('plan.continued')] : []),
    ...(basis.isDamaged ? [say('plan.compared')] : []),
    ...(config.compare === 'contents' ? [say('plan.comparedAlways')] : []),
    ...(basis.isBeside ? [say('plan.beside')] : []),
  ]
}

function changesOf({ newFiles, changedFiles, attributeFiles, deletedFiles }: TallyCounts): KeyedPhrase {
  const changed = changedFiles + attributeFiles
  return say('plan.changes', { created: newFiles, changed, deleted: deletedFiles })
}

function describe(
  counts: TallyCounts,
  basis: Basis,
  config: DiskCopyConfig,
  copyBytes: number | null,
): PlanItem[] {
  const whole = {
    what: say('plan.copy', { source: config.source }),
    reason: reasonsOf(basis, config),
    expectedBytes: copyBytes,
  }
  const reference = referenceOf(basis)
  if (!reference) return [whole]
  const { takenAt } = reference.manifest
  const replaced = {
    what: say('plan.replace', { takenAt }),
    reason: say('plan.replaceReason'),
    expectedBytes: null,
  }
  const attributes = replacingOf(basis) === 'beside' ? 'plan.attributeFiles' : 'plan.attributesSet'
  const parts = [
    [counts.newFiles, 'plan.newFiles', 'plan.newReason'],
    [counts.changedFiles, 'plan.changedFiles', 'plan.changedReason'],
    [counts.attributeFiles, attributes, 'plan.attributeReason'],
    [counts.deletedFiles, 'plan.deletedFiles', 'plan.deletedReason'],
  ] as const
  const lines = parts.flatMap(([files, what, reason]) =>
    files > 0 ? [{ what: say(what, { files }), reason: say(reason), expectedBytes: null }] : [],
  )
  return [whole, ...(basis.kind === 'mirror' ? [replaced] : []), ...lines]
}
