import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { type LineBatch, LineBuffer } from '../../../clients/influxdb/transcode/line/line-buffer.ts'
import { LineFilter } from '../../../clients/influxdb/transcode/line-filter.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import type { Times } from '../destinations/destination.ts'
import { isAbsent, readWindowFile, sha256Of } from '../points/files.ts'
import type { WindowRecord } from '../points/window-records.ts'

const BATCH = { maxLines: 5000, maxBytes: 1024 * 1024 }

export interface SavedFiles {
  /** Of the restore point. */
  readonly directory: string
  readonly signal: AbortSignal
  /** Is told the tags of each series that follows another one, by keys as `nameText` gives them. */
  readonly onSeries?: (tags: ReadonlyMap<string, string>) => void
}

/** Whether all of a window is asked for. */
export function isWholeWindow({ from, to }: WindowRecord, { startNs, endNs }: Times): boolean {
  return String(startNs) === from && String(endNs) === to
}

/**
 * Hands the lines of a window over that lie in the times asked for, batch after batch: each is the taker's to release. Not
 * one line of a file that is not the one that was saved. Throws `restore-point-damaged`.
 */
export async function readOwnLines(
  { directory, signal, onSeries }: SavedFiles,
  record: WindowRecord,
  times: Times,
  take: (batch: LineBatch) => Promise<void>,
): Promise<void> {
  const ready: LineBatch[] = []
  const out = new LineBuffer({ ...BATCH, onBatch: (batch) => ready.push(batch) })
  const tags = (series: ReadonlyMap<string, string>) => {
    onSeries?.(series)
    return true
  }
  const filter = new LineFilter(out, {
    measurement: (name) => name === record.measurement,
    ...(onSeries ? { tags } : {}),
    startNs: times.startNs,
    endNs: times.endNs,
  })
  const path = join(directory, record.path)
  if ((await sha256Of(path, signal)) !== record.sha256) throw damaged(record.path)
  const handOver = async () => {
    for (let batch = ready.shift(); batch; batch = ready.shift()) await take(batch)
  }
  const takeText = async (text: Buffer) => {
    filter.push(text)
    await handOver()
  }
  const file = await readChecked(path, takeText, signal, record)
  if (file.sha256 !== record.sha256) throw damaged(record.path)
  filter.end()
  if (isWholeWindow(record, times) && filter.read !== filter.passed) throw damaged(record.path)
  out.flush()
  await handOver()
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
