import { HoldfastError, type NotifiedEvent, type Run, type RunReport, run } from '@holdfast/contract'
import { say } from '../drivers/disk-copy/texts/texts.ts'
import { PHRASES } from '../wiring/phrases.ts'
import type { RunEvent } from './run-event.ts'

const REPORT: RunReport = {
  summary: say('run.summary', { moved: 3_758_096_384, count: 1204 }),
  bytesMoved: 3_758_096_384,
  counts: {},
  warnings: [],
  restorePointIds: ['rp_0123456789ab'],
  retention: [],
  details: {},
}

const BASE = {
  id: 'run_0123456789ab',
  jobId: 'job_0123456789ab',
  jobName: 'documents',
  jobKind: 'disk-copy',
  operation: 'job',
  trigger: 'schedule',
  slotAt: '2026-08-20T00:30:00Z',
  status: 'finished',
  outcome: 'success',
  attempt: 1,
  startedBy: null,
  approvedBy: null,
  canceledBy: null,
  recoversRunId: null,
  waitingFor: null,
  plan: null,
  progress: null,
  report: null,
  error: null,
  createdAt: '2026-08-20T00:30:00Z',
  startedAt: '2026-08-20T00:30:02Z',
  finishedAt: '2026-08-20T02:35:40Z',
} as const

const full = new HoldfastError('vault-full', 'vault "shelf" has 3 GiB free, the run needs 12 GiB').report()
const canceled = new HoldfastError('run-canceled', 'canceled by anna').report()
const absent = new HoldfastError('vault-absent', 'nothing is mounted at /srv/shelf').report()
const lost = new HoldfastError('worker-lost', 'no sign of life for 60 s').report()
const notRun = { startedAt: null, finishedAt: '2026-08-20T06:00:00Z' }

const DIFFERENCES: Record<NotifiedEvent, object> = {
  success: { report: REPORT },
  warning: {
    outcome: 'warning',
    report: { ...REPORT, warnings: [say('run.vanished', { count: 3 }), '/srv/docs/x: no permission'] },
  },
  failed: { outcome: 'failed', error: full, attempt: 4 },
  canceled: { outcome: 'canceled', error: canceled },
  skipped: { outcome: 'skipped', error: absent, ...notRun },
  missed: { outcome: 'missed', ...notRun },
  lost: { outcome: 'lost', error: lost },
  held: {
    status: 'held',
    outcome: null,
    startedAt: null,
    finishedAt: null,
    plan: {
      summary: say('plan.changes', { created: 12, changed: 0, deleted: 900 }),
      items: [],
      guards: [
        { code: 'mass-deletion', message: say('found.deleted', { gone: 900, files: 1000, share: 0.9 }) },
      ],
      expectedBytes: null,
    },
  },
}

/** For tests: a run of the job `documents` that came to `event`, with `changes` made to it. */
export function sampleEvent(event: NotifiedEvent, changes: Partial<Run> = {}): RunEvent {
  const sample = run.parse({ ...BASE, ...DIFFERENCES[event], ...changes })
  return { subject: 'run', run: sample, event, holdfastUrl: null, phrases: PHRASES }
}

/** For tests: `sampleEvent` with some fields of its report changed. */
export function sampleReport(changes: Partial<RunReport>): RunReport {
  return { ...REPORT, ...changes }
}
