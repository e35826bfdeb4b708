import { type LineBatch, LineBuffer } from '../../../clients/influxdb/transcode/line/line-buffer.ts'
import { nameOfText } from '../../../clients/influxdb/transcode/line/name-text.ts'
import { LineFilter } from '../../../clients/influxdb/transcode/line-filter.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import type { RunContext } from '../../driver.ts'
import type { Times, View } from '../destinations/destination.ts'
import type { DatabaseContents, Window } from '../planning/windows.ts'
import { Contents } from './contents.ts'
import { readOwnLines } from './own-lines.ts'
import type { Input, Prepared } from './prepare.ts'
import { selectedWindows, windowOf } from './selected.ts'

/** What only the files tell. */
export interface FileFacts {
  readonly contents: DatabaseContents
  /** Keys of tags by measurement. */
  readonly tags: ReadonlyMap<string, readonly string[]>
  /** Windows with points that the destination does not keep. */
  readonly outside: number
}

/**
 * Reads every file that is asked for, before anything is sent to a server where nothing can be taken back: each must be the
 * one that was saved. Throws `restore-point-damaged`.
 */
export async function checkFiles(
  cx: RunContext,
  { input, prepared, view, totalItems }: { input: Input; prepared: Prepared; view: View; totalItems: number },
): Promise<FileFacts> {
  const { signal } = cx
  const { directory } = prepared.point
  const contents = new Contents()
  const tags = new Map<string, Set<string>>()
  let [doneItems, doneBytes, outside] = [0, 0, 0]
  for await (const selected of selectedWindows(prepared.point, input)) {
    throwIfCanceled(signal)
    const { record } = selected
    const keys = tags.get(record.measurement) ?? new Set()
    tags.set(record.measurement, keys)
    contents.add(record)
    const onSeries = (series: ReadonlyMap<string, string>) => {
      for (const key of series.keys()) keys.add(nameOfText(key))
    }
    const window = windowOf(selected, prepared.schema.database, input.target)
    const cut = cutOff(window, view.within ? view.within(window, cx.now()) : window)
    await readOwnLines({ directory, signal, onSeries }, record, window, (batch) => cut.take(batch))
    if (cut.holdsPoints()) outside += 1
    doneItems += 1
    doneBytes += record.bytes
    cx.progress({ step: 'check-files', doneItems, totalItems: Math.max(totalItems, doneItems), doneBytes })
  }
  const keysOf = [...tags].map(([measurement, keys]) => [measurement, [...keys]] as const)
  return { contents: contents.of(prepared.schema, input.target), tags: new Map(keysOf), outside }
}

/** Whether there are points in what the destination does not keep of a window. */
function cutOff(window: Window, kept: Times | null) {
  let lines = 0
  const filter = kept === null || kept === window ? null : keeping(kept)
  const keptLines = () => (kept === window ? lines : (filter?.passed ?? 0))
  return {
    take: async (batch: LineBatch) => {
      lines += batch.lines
      filter?.push(batch.bytes)
      batch.release()
    },
    holdsPoints: () => {
      filter?.end()
      return lines > keptLines()
    },
  }
}

function keeping({ startNs, endNs }: Times): LineFilter {
  const out = new LineBuffer({ maxLines: 5000, maxBytes: 1024 * 1024, onBatch: (batch) => batch.release() })
  return new LineFilter(out, { startNs, endNs })
}
