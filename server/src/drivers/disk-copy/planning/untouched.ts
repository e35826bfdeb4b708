import type { RsyncOutcome } from '../../../clients/rsync/outcome.ts'
import type { Context } from '../../driver.ts'
import { type Basis, referenceOf } from '../building/basis.ts'
import type { DiskCopyConfig } from '../config.ts'
import { attributesInReach } from '../proof/attributes.ts'
import type { Source } from './source.ts'
import type { Tally } from './tally.ts'

/** A source in which a dry run has found nothing that the last restore point does not hold just so. */
interface Untouched {
  /** When the dry run began: the source was looked at no earlier. */
  readonly at: Date
  readonly device: number
  readonly inode: number
  readonly pointId: string
  readonly treeSha256: string
}

/**
 * Known only to the run that the plan was made in, and to nobody after it: a plan that was stored, or has waited for a person,
 * says nothing about the source of now.
 */
const untouched = new WeakMap<Context<DiskCopyConfig>, Untouched>()

export interface Looked {
  readonly at: Date
  readonly basis: Basis
  readonly exclude: readonly string[]
  readonly change: Tally
  readonly outcome: RsyncOutcome
}

/** Remembers it when a plan has found nothing to do, and the restore point can be repeated as it is. */
export function noteUntouched(cx: Context<DiskCopyConfig>, source: Source, looked: Looked): void {
  untouched.delete(cx)
  const { basis, change, outcome } = looked
  const reference = referenceOf(basis)
  if (!reference || basis.isContinued || basis.discards || basis.isDamaged || basis.start === 'clone') return
  if (!change.isEmpty || !outcome.complete || outcome.leftOutCount > 0 || outcome.vanishedCount > 0) return
  const { details, manifest } = reference
  const { oneFileSystem, hash } = cx.job.config
  // A file that was listed by another setting is not seen by the dry run, or has no hash to take over.
  const isSameSelection =
    String(details.exclude) === String(looked.exclude) && details.oneFileSystem === oneFileSystem
  const isListedAlike =
    details.complete && details.attributes === attributesInReach() && (details.sumsSha256 !== null) === hash
  if (!isSameSelection || !isListedAlike || details.directoryCount === undefined) return
  const { device, inode } = source
  untouched.set(cx, { at: looked.at, device, inode, pointId: manifest.id, treeSha256: details.treeSha256 })
}

/** Since when nothing has to be copied in this run; null when there is, or when nobody knows. */
export function untouchedSince(cx: Context<DiskCopyConfig>, source: Source, basis: Basis): Date | null {
  const known = untouched.get(cx)
  const reference = referenceOf(basis)
  if (!known || !reference || basis.isContinued || basis.discards || basis.isDamaged) return null
  const isSame =
    source.device === known.device &&
    source.inode === known.inode &&
    reference.manifest.id === known.pointId &&
    reference.details.treeSha256 === known.treeSha256
  return isSame ? known.at : null
}
