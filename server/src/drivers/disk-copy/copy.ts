import type { RsyncOutcome } from '../../clients/rsync/outcome.ts'
import { type CopyOptions, copyCommand, copyTree, rsyncAbilities } from '../../clients/rsync/rsync.ts'
import type { RunContext } from '../driver.ts'
import { CopyMeter } from './progress.ts'
import type { Prover } from './proof/prover.ts'

export interface Copied {
  readonly outcome: RsyncOutcome
  readonly bytesMoved: number
}

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
  const outcome = await copyTree({ ...options, signal: cx.signal }, (event) => {
    if (event.type === 'progress') {
      meter.transferred(event.doneBytes)
    } else {
      meter.addItem()
      if (event.entry !== 'file' || event.kind === 'deleted' || event.kind === 'linked') return
      bytesMoved += event.sizeBytes
      if (event.kind === 'attributes') meter.addLocal(event.sizeBytes)
      prover?.hashEarly(event.path)
    }
    cx.progress(meter.at(cx.now().getTime()))
  })
  cx.progress(meter.at(cx.now().getTime()))
  const { leftOutCount, vanishedCount } = outcome
  cx.log.info('copied', { bytesMoved, leftOut: leftOutCount, vanished: vanishedCount })
  return { outcome, bytesMoved }
}
