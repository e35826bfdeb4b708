import type { Finding } from '@holdfast/contract'
import type { VictoriaMetrics } from '../../../../clients/victoria-metrics/connect.ts'
import type { Destination } from '../destination.ts'
import { lookAtServer } from './view.ts'

const subject = 'destination'

/** VictoriaMetrics: it has numbers only, and times in ms; what it keeps can be read back sample by sample. */
export function victoriaMetrics(server: VictoriaMetrics): Destination {
  return {
    isReadBack: true,
    holds: async (database, signal) => (await server.labelValues('db', signal)).includes(database),
    startedAt: async (signal) => (await server.facts(signal))?.startedAt ?? null,
    check: (signal) => checkServer(server, signal),
    write: (lines, { signal }) => server.write(lines, { signal }),
    look: (taking) => lookAtServer(server, taking),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function checkServer(server: VictoriaMetrics, signal: AbortSignal): Promise<Finding[]> {
  await server.ping(signal)
  const facts = await server.facts(signal)
  // Nothing is found, but whoever may not read is told.
  const range = { match: '{__name__="holdfast"}', startSeconds: 0, endSeconds: 1 }
  await server.read(range, () => {}, signal)
  await server.flush(signal)
  return [
    { level: 'ok', subject, message: 'VictoriaMetrics answers, and lets itself be read back' },
    facts?.retentionMs
      ? { level: 'ok', subject, message: `it keeps samples for ${facts.retention}` }
      : {
          level: 'warning',
          subject,
          message: 'it does not say for how long it keeps samples',
          hint: 'Let this machine read /metrics: VictoriaMetrics drops what is older than its -retentionPeriod and says nothing.',
        },
  ]
}
