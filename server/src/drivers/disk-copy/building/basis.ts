import { join } from 'node:path'
import { isSubvolume } from '../../../clients/block-devices/btrfs.ts'
import { PARTIAL } from '../../../point-directories/names.ts'
import type { Context } from '../../driver.ts'
import type { DiskCopyConfig } from '../config.ts'
import { type Generation, generationsOf, readReplaced } from '../on-vault/generations.ts'
import { hasPartial } from '../on-vault/partial.ts'
import { type GenerationKind, kindFor } from './kind.ts'

/**
 * How a copy begins that goes on with no earlier attempt: with nothing, with hard links to the last restore point, with a
 * snapshot of it, with a copy of it that shares its blocks, or by taking it over.
 */
export type Start = 'empty' | 'links' | 'snapshot' | 'clone' | 'take'

/** What a new copy builds on. */
export interface Basis {
  readonly kind: GenerationKind
  /** The newest restore point. */
  readonly previous: Generation | null
  /** Its files are those of a Btrfs subvolume. */
  readonly isPreviousSubvolume: boolean
  /** What an unfinished mirror was before: no restore point any more. Its `directory` is that of the unfinished copy. */
  readonly replaced: Generation | null
  /** An earlier attempt left a copy to go on with. */
  readonly isContinued: boolean
  /** What it left is of another kind, and is deleted. */
  readonly discards: boolean
  readonly start: Start
  /** A mirror was asked for, and there is something that it may not replace. */
  readonly isBeside: boolean
  /** A restore point is damaged: others share its files, so sizes and times vouch for nothing, everything is compared. */
  readonly isDamaged: boolean
}

/** The state that changes are counted against. */
export function referenceOf(basis: Basis): Generation | null {
  return basis.replaced ?? basis.previous
}

/** Directory that unchanged files are hard-linked to instead of copied; only what bears a name of its own is safe there. */
export function linkDestOf({ kind, previous, isPreviousSubvolume }: Basis): string | undefined {
  return kind === 'hard-links' && previous && !isPreviousSubvolume
    ? join(previous.directory, 'data')
    : undefined
}

/** Files are changed where they are: nothing else sees them in a snapshot, and unchanged blocks stay shared. */
export function isInPlace({ kind, previous }: Basis): boolean {
  return kind === 'snapshots' && previous !== null
}

/** Found on the vault, changes nothing. */
export async function findBasis(cx: Context<DiskCopyConfig>, vaultPath: string): Promise<Basis> {
  const jobDirectory = join(vaultPath, cx.job.id)
  const set = await kindFor(cx.job.config.generations, vaultPath)
  const generations = await generationsOf(vaultPath, cx.job.id, cx.log)
  const previous = generations[0] ?? null
  const isPreviousSubvolume = previous !== null && (await isSubvolume(join(previous.directory, 'data')))
  const partial = await partialOf(cx, jobDirectory)
  // The only copy there is: it is finished as what it is before the next run follows another setting.
  const wanted = partial?.replaced && previous === null ? 'mirror' : set
  const replaced = wanted === 'mirror' ? (partial?.replaced ?? null) : null
  const isBeside =
    wanted === 'mirror' && replaced === null && previous !== null && !(await mayTake(generations))
  const kind = isBeside ? (isPreviousSubvolume ? 'snapshots' : 'hard-links') : wanted
  const isUsable =
    kind === 'mirror'
      ? replaced !== null || previous === null
      : partial?.isSubvolume === (kind === 'snapshots')
  return {
    kind,
    previous,
    isPreviousSubvolume,
    replaced,
    isContinued: partial !== null && isUsable,
    discards: partial !== null && !isUsable,
    start: startOf(kind, previous !== null, isPreviousSubvolume),
    isBeside,
    isDamaged: mayShareDamage(replaced ? [replaced, ...generations] : generations),
  }
}

function startOf(kind: GenerationKind, hasPrevious: boolean, isPreviousSubvolume: boolean): Start {
  if (!hasPrevious) return 'empty'
  if (kind === 'mirror') return 'take'
  if (kind === 'snapshots') return isPreviousSubvolume ? 'snapshot' : 'clone'
  return isPreviousSubvolume ? 'clone' : 'links'
}

async function partialOf(cx: Context, jobDirectory: string) {
  if (!(await hasPartial(jobDirectory))) return null
  const directory = join(jobDirectory, PARTIAL)
  return {
    isSubvolume: await isSubvolume(join(directory, 'data')),
    replaced: await readReplaced(directory, cx.log),
  }
}

/**
 * Whether the newest restore point may be changed into the next one: it is not protected, and no other one shares its files
 * by hard links, which would change along.
 */
async function mayTake([newest, ...others]: readonly Generation[]): Promise<boolean> {
  if (!newest || newest.marks.protected) return false
  if (await isSubvolume(join(newest.directory, 'data'))) return true
  for (const other of others) if (!(await isSubvolume(join(other.directory, 'data')))) return false
  return true
}

/** Newest first: damage found anywhere, and no full check since that says the files of a later point are sound. */
export function mayShareDamage(generations: readonly Pick<Generation, 'marks'>[]): boolean {
  for (const { marks } of generations) {
    if (marks.verifiedOk === false) return true
    if (marks.verifiedOk && marks.verifiedLevel === 'full') return false
  }
  return false
}
