import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { WindowDigest } from '../../../clients/influxdb/transcode/digest/window-digest.ts'
import { type LineBatch, LineBuffer } from '../../../clients/influxdb/transcode/line/line-buffer.ts'
import { LineDigester } from '../../../clients/influxdb/transcode/line-digester.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import type { WriteLane } from '../copying/lane.ts'
import type { WindowReader } from '../copying/window-reader.ts'
import type { Window } from '../planning/windows.ts'
import { isAbsent, ownLines, readWindowFile, sha256Of } from '../points/files.ts'
import { recordedFields, type WindowRecord } from '../points/window-records.ts'

const BATCH = { maxLines: 5000, maxBytes: 1024 * 1024 }

export interface RestoreEnds {
  /** Of the restore point. */
  readonly directory: string
  readonly target: WindowReader
  readonly lane: WriteLane
  readonly signal: AbortSignal
  /** Look first whether a window is there already. */
  readonly compareFirst: boolean
}

export interface RestoredWindow {
  readonly window: Window
  readonly points: number
  readonly values: number
  readonly bytes: number
  readonly copied: boolean
  /** Fields of which the database holds other values than the restore point. */
  readonly differing: readonly string[]
  /** Fields of which it holds more. */
  readonly surplus: readonly string[]
}

type Fields = Parameters<typeof WindowDigest.differences>[0]

/** Brings a window back, or the part of it that `window` says, and reads it again at the target to compare. */
export async function restoreWindow(
  ends: RestoreEnds,
  record: WindowRecord,
  window: Window,
): Promise<RestoredWindow> {
  const isWhole = String(window.startNs) === record.from && String(window.endNs) === record.to
  const recorded = recordedFields(record)
  if (isWhole && ends.compareFirst) {
    const here = await ends.target.digest(window.as, window)
    if (WindowDigest.differences(recorded, here).length === 0)
      return { ...facts(window, record.points, recorded), bytes: 0, copied: false }
  }
  const sent = await send(ends, record, window, isWhole)
  const expected = sent.digest ?? recorded
  const points = sent.digest?.points ?? record.points
  const here = await ends.target.digest(window.as, window)
  const fields = WindowDigest.differences(expected, here)
  return {
    ...facts(window, points, expected),
    ...sort(fields, expected, here),
    bytes: sent.bytes,
    copied: true,
  }
}

function facts(window: Window, points: number, digest: Fields) {
  const values = [...digest.fields().values()].reduce((sum, { count }) => sum + count, 0)
  return { window, points, values, differing: [], surplus: [] }
}

/** What lay in the database before is still there: then it holds more of every field that differs. */
function sort(fields: readonly string[], expected: Fields, here: WindowDigest) {
  const [there, found] = [expected.fields(), here.fields()]
  const isSurplus = (field: string) => (found.get(field)?.count ?? 0) > (there.get(field)?.count ?? 0)
  return { differing: fields.filter((field) => !isSurplus(field)), surplus: fields.filter(isSurplus) }
}

/** The digest of what was sent, where that is a part of the window alone. */
async function send(
  { directory, lane, signal }: RestoreEnds,
  record: WindowRecord,
  window: Window,
  isWhole: boolean,
): Promise<{ bytes: number; digest: WindowDigest | null }> {
  const writes = lane.begin({ db: window.as, rp: window.rp, signal })
  const digest = isWhole ? null : new WindowDigest()
  const digester = digest && new LineDigester(digest)
  const ready: LineBatch[] = []
  const out = new LineBuffer({ ...BATCH, onBatch: (batch) => ready.push(batch) })
  const { startNs, endNs } = window
  const { measurement } = window
  const filter = ownLines({ measurement, from: String(startNs), to: String(endNs) }, out)
  const path = join(directory, record.path)
  // Not one line of a file that is not the one that was saved.
  if ((await sha256Of(path, signal)) !== record.sha256) throw damaged(record.path)
  const handOver = async () => {
    for (let batch = ready.shift(); batch; batch = ready.shift()) {
      digester?.push(batch.bytes)
      await writes.put(batch)
    }
  }
  const file = await readChecked(
    path,
    async (text) => {
      filter.push(text)
      await handOver()
    },
    signal,
    record,
  )
  if (file.sha256 !== record.sha256) throw damaged(record.path)
  filter.end()
  if (isWhole && filter.read !== filter.passed) throw damaged(record.path)
  out.flush()
  await handOver()
  digester?.end()
  await writes.finish()
  return { bytes: writes.bytes, digest }
}

async function readChecked(...asked: Parameters<typeof readWindowFile>) {
  try {
    return await readWindowFile(...asked)
  } catch (error) {
    throwIfCanceled(asked[2])
    throw isAbsent(error) ? damaged(asked[0]) : error
  }
}

function damaged(path: string): HoldfastError {
  const message = 'a file of the restore point is missing, or not the one that was saved'
  return new HoldfastError('restore-point-damaged', message, { details: { path } })
}
