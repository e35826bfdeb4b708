import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { startedAt } from '../../../clients/influxdb/schema.ts'
import { copyWindow } from '../copying/copy-window.ts'
import { WindowReader } from '../copying/window-reader.ts'
import { restoreWindow } from '../restore/restore-window.ts'
import type { Destination } from './destination.ts'

const PAGE_SIZE = 10_000

/** InfluxDB 1.x: it keeps all that the source has, and everything can be read back. */
export function influxdb1(server: InfluxServer): Destination {
  return {
    databases: server,
    isReadBack: true,
    check: async (signal) => {
      const { version } = await server.ping(signal)
      // Tells whether the user may see the counters by which changes are found.
      await startedAt(server, { signal })
      return [{ level: 'ok', subject: 'destination', message: `InfluxDB ${version} answers` }]
    },
    write: (lines, place) => server.write(lines, place),
    look: async () => ({
      copier: ({ reading, ...copying }) => {
        const source = new WindowReader(reading)
        const destination = new WindowReader({ ...reading, server })
        return { copy: (window, how) => copyWindow({ ...copying, source, destination }, window, how) }
      },
      restorer: (restoring) => {
        const { signal } = restoring
        const target = new WindowReader({ server, pageSize: PAGE_SIZE, tags: [], signal })
        return { restore: (record, window) => restoreWindow({ ...restoring, target }, record, window) }
      },
    }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
