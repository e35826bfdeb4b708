import { WindowDigest } from '../../../clients/influxdb/transcode/digest/window-digest.ts'
import { LineDigester } from '../../../clients/influxdb/transcode/line-digester.ts'
import type { WindowOutcome } from '../copying/copy-window.ts'
import type { WriteLane } from '../copying/lane.ts'
import type { WindowReader } from '../copying/window-reader.ts'
import type { Window } from '../planning/windows.ts'
import { recordedFields, type WindowRecord } from '../points/window-records.ts'
import { isWholeWindow, readOwnLines } from './own-lines.ts'

interface Ends {
  /** Of the restore point. */
  readonly directory: string
  readonly lane: WriteLane
  readonly signal: AbortSignal
}

export interface RestoreEnds extends Ends {
  readonly target: WindowReader
  /** Look first whether a window is there already. */
  readonly compareFirst: boolean
}

type Fields = Parameters<typeof WindowDigest.differences>[0]

/** Brings a window back, or the part of it that `window` says, and reads it again at the target to compare. */
export async function restoreWindow(
  ends: RestoreEnds,
  record: WindowRecord,
  window: Window,
): Promise<WindowOutcome> {
  const isWhole = isWholeWindow(record, window)
  const recorded = recordedFields(record)
  if (isWhole && ends.compareFirst) {
    const here = await ends.target.digest(window.as, window)
    if (WindowDigest.differences(recorded, here).length === 0)
      return { ...facts(window, record.points, recorded), bytes: 0, copied: false }
  }
  const sent = await send(ends, record, window, isWhole ? null : new WindowDigest())
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

/** Sends a window, or a part of it, to a server that cannot be read. */
export async function sendWindow(ends: Ends, record: WindowRecord, window: Window): Promise<WindowOutcome> {
  const { points, values, bytes } = await send(ends, record, window, null)
  return { window, points, values, bytes, copied: true, compared: false, differing: [], surplus: [] }
}

function facts(window: Window, points: number, digest: Fields) {
  const values = [...digest.fields().values()].reduce((sum, { count }) => sum + count, 0)
  return { window, points, values, compared: true, differing: [], surplus: [] }
}

/** What lay in the database before is still there: then it holds more of every field that differs. */
function sort(fields: readonly string[], expected: Fields, here: WindowDigest) {
  const [there, found] = [expected.fields(), here.fields()]
  const isSurplus = (field: string) => (found.get(field)?.count ?? 0) > (there.get(field)?.count ?? 0)
  return { differing: fields.filter((field) => !isSurplus(field)), surplus: fields.filter(isSurplus) }
}

/** `digest` gets what was sent. */
async function send(
  { directory, lane, signal }: Ends,
  record: WindowRecord,
  window: Window,
  digest: WindowDigest | null,
) {
  const writes = lane.begin({ db: window.as, rp: window.rp, signal })
  const digester = digest && new LineDigester(digest)
  let [points, values] = [0, 0]
  await readOwnLines({ directory, signal }, record, window, async (batch) => {
    points += batch.lines
    values += batch.values
    digester?.push(batch.bytes)
    await writes.put(batch)
  })
  digester?.end()
  await writes.finish()
  return { bytes: writes.bytes, points, values, digest }
}
