import type { RsyncOutcome } from '../../clients/rsync/outcome.ts'
import type { ItemKind } from '../../clients/rsync/output.ts'
import { type CopyOptions, copyCommand, copyTree, rsyncAbilities } from '../../clients/rsync/rsync.ts'
import type { RunContext } from '../driver.ts'
import { CopyMeter } from './progress.ts'
import type { Prover } from './proof/prover.ts'

export interface Copied {
  readonly outcome: RsyncOutcome
  readonly bytesMoved: number
  /** Bytes of changed files that were there already and stay shared with the state before. */
  readonly sharedBytes: number
}

/** Of a source in which nothing has changed. */
export const NOTHING_COPIED: Copied = {
  outcome: {
    complete: true,
    leftOut: [],
    leftOutCount: 0,
    leftOutFolders: [],
    leftOutFolderCount: 0,
    vanishedCount: 0,
  },
  bytesMoved: 0,
  sharedBytes: 0,
}

/** Of what is deleted or linked nothing is copied. */
const WITHOUT_CONTENT: readonly ItemKind[] = ['deleted', 'linked', 'relinked']

/** Copies, tells the progress, and hands each finished file on to be hashed at once. */
export async function copyData(
  cx: RunContext,
  options: CopyOptions,
  totalBytes: number | null,
  prover: Prover | null,
): Promise<Copied> {
  const { version } = await rsyncAbilities(cx.signal)
  cx.log.info('copying', { rsyncVersion: version, command: copyCommand(options) })
  const meter = new CopyMeter(totalBytes, cx.now().getTime())
  let bytesMoved = 0
  let sharedBytes = 0
  const outcome = await copyTree({ ...options, signal: cx.signal }, (event) => {
    if (event.type === 'progress') {
      meter.transferred(event.doneBytes)
    } else {
      meter.addItem()
      if (event.entry !== 'file' || WITHOUT_CONTENT.includes(event.kind)) return
      prover?.hashEarly(event.path)
      if (event.kind !== 'attributes') {
        const sentBytes = options.inPlace ? Math.min(event.sizeBytes, event.sentBytes) : event.sizeBytes
        bytesMoved += sentBytes
        sharedBytes += event.sizeBytes - sentBytes
      } else if (options.linkDest !== undefined) {
        // A hard link cannot have attributes of its own: the file is copied within the vault.
        bytesMoved += event.sizeBytes
        meter.addLocal(event.sizeBytes)
      }
    }
    const progress = meter.dueAt(cx.now().getTime())
    if (progress) cx.progress(progress)
  })
  cx.progress(meter.at(cx.now().getTime()))
  const { leftOutCount, vanishedCount } = outcome
  cx.log.info('copied', { bytesMoved, leftOut: leftOutCount, vanished: vanishedCount })
  return { outcome, bytesMoved, sharedBytes }
}
