import Fastify from 'fastify'
import { createLogger } from '../../kit/log.ts'
import type { MetricsSnapshot } from '../ports.ts'
import { registerMetrics } from './register-metrics.ts'

/** Numbers of an installation with a bit of everything. */
export function sampleSnapshot(): MetricsSnapshot {
  return {
    readAt: '2026-01-02T03:04:05.000Z',
    coverage: { covered: 1, missed: 1 },
    liveRuns: [{ kind: 'copy', status: 'running', count: 2 }],
    endedRuns: [
      { kind: 'copy', outcome: 'success', count: 7 },
      { kind: 'copy', outcome: 'failed', count: 0 },
    ],
    jobs: [
      {
        job: 'docs "a"',
        kind: 'copy',
        newestPointAt: '2026-01-02T03:00:00.000Z',
        lastSuccessAt: '2026-01-02T03:01:00.000Z',
        lastOutcome: 'success',
        lastDurationSeconds: 60.5,
        lastMovedBytes: 4096,
        lastCounts: { windows: 5, copied: 2 },
        rpoSeconds: 93_600,
      },
      {
        job: 'new',
        kind: 'copy',
        newestPointAt: null,
        lastSuccessAt: null,
        lastOutcome: null,
        lastDurationSeconds: null,
        lastMovedBytes: null,
        lastCounts: null,
        rpoSeconds: null,
      },
    ],
    jobsLeftOut: 3,
    vaults: [{ vault: 'cellar', pointCount: 4, sizeBytes: 1000, freeBytes: 2000 }],
    workers: [{ site: 'main', alive: 1 }],
    queuedOldestSeconds: 12.5,
    failedDeliveries: 2,
    controlBackupAt: null,
    databaseBytes: 8_000_000,
  }
}

/** A server with the metrics of a snapshot that tests may change, and one route that is timed. */
export function metricsApp() {
  const state = { snapshot: sampleSnapshot(), isReady: true, fails: false, asked: 0 }
  const app = Fastify()
  registerMetrics(app, {
    source: {
      async read() {
        if (state.fails) throw new Error('the database went away')
        return state.snapshot
      },
    },
    async isReady() {
      state.asked += 1
      if (state.fails) throw new Error('the database went away')
      return state.isReady
    },
    log: createLogger('silent'),
    version: '1.2.3',
  })
  app.get('/api/jobs/:ref', async (_request, reply) => reply.code(404).send('no'))
  return { app, state }
}
