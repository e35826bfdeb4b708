import { selectWindow } from '../../../../clients/influxdb/statements.ts'
import { LineSamples } from '../../../../clients/victoria-metrics/line-samples.ts'
import { SampleEncoder } from '../../../../clients/victoria-metrics/sample-encoder.ts'
import type { SampleWriter } from '../../../../clients/victoria-metrics/sample-writer.ts'
import type { Reading } from '../../copying/window-reader.ts'
import type { Window } from '../../planning/windows.ts'
import type { WindowRecord } from '../../points/window-records.ts'
import { readOwnLines } from '../../restore/own-lines.ts'
import type { Restoring } from '../destination.ts'

/**
 * Where the numbers of a window come from: hands them to the writer, and has what it has written fetched now and then. May
 * be asked again, and for parts of the window.
 */
export type Origin = (window: Window, writer: SampleWriter, handOver: () => Promise<void>) => Promise<void>

export function fromServer({ server, tags, pageSize, pace, signal }: Reading): Origin {
  return async (window, writer, handOver) => {
    const encoder = new SampleEncoder(writer)
    let points = 0
    const statement = selectWindow(window, { tags })
    const asked = { db: window.database, chunkSize: pageSize, signal }
    for await (const chunk of server.stream(statement, asked)) {
      encoder.push(chunk)
      await pace?.pass(encoder.points - points, signal)
      points = encoder.points
      await handOver()
    }
    encoder.end()
  }
}

export function fromFile({ directory, signal, leftOut }: Restoring, record: WindowRecord): Origin {
  return async (window, writer, handOver) => {
    const texts = new Set<string>()
    const lines = new LineSamples(writer, texts)
    await readOwnLines({ directory, signal }, record, window, async (batch) => {
      lines.push(batch.bytes)
      batch.release()
      await handOver()
    })
    lines.end()
    for (const field of texts) leftOut.add(`${record.measurement}.${field}`)
  }
}
