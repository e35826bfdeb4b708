import {
  type AroundRun,
  HoldfastError,
  type NotifiedRunEvent,
  type Run,
  type RunReport,
  run,
} from '@holdfast/contract'
import { say } from '../drivers/disk-copy/texts/texts.ts'
import { PHRASES } from '../wiring/phrases.ts'
import type { DiskOverdueEvent, LockTimeoutEvent, RunEvent } from './run-event.ts'

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
  disk: null,
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

const DIFFERENCES: Record<NotifiedRunEvent, object> = {
  started: { status: 'planning', outcome: null, finishedAt: null },
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

/** What a run can come to that is told. */
export const RUN_EVENTS = Object.keys(DIFFERENCES) as NotifiedRunEvent[]

/** For tests: a disk of a disk set that was left as it should be. */
export const SAMPLE_DISK = {
  uuid: '2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11',
  label: 'Monday',
  freeBytes: 1_319_413_953_331,
  totalBytes: 2_000_398_934_016,
  safeToRemove: true,
} as const

const LAST_GOOD = { at: '2026-08-13T00:35:00Z', isOfThisRun: false }

/** For tests: a run of the job `documents` that came to `event`, with `changes` made to it and to what is around it. */
export function sampleEvent(
  event: NotifiedRunEvent,
  changes: Partial<Run> = {},
  around: Partial<AroundRun> = {},
): RunEvent {
  const sample = run.parse({ ...BASE, ...DIFFERENCES[event], ...changes })
  const checked = sample.report ? 'sample' : null
  const lastGood = sample.operation === 'job' ? LAST_GOOD : null
  return {
    ...{ subject: 'run', run: sample, event, holdfastUrl: null, phrases: PHRASES, alsoTo: [], log: null },
    around: { carriers: [], disks: [], lastGood, checked, ...around },
  }
}

/** For tests: `sampleEvent` with some fields of its report changed. */
export function sampleReport(changes: Partial<RunReport>): RunReport {
  return { ...REPORT, ...changes }
}

/** For tests: a disk that is overdue, with `changes` made to it. */
export function sampleOverdue(changes: Partial<DiskOverdueEvent['disk']> = {}): DiskOverdueEvent {
  const { uuid, label } = SAMPLE_DISK
  const at = { lastCopyAt: '2026-08-06T00:35:00Z', dueAt: '2026-08-20T00:35:00Z' }
  const carriers = ['anna@example.org', 'bruno@example.org']
  return {
    ...{ subject: 'disk-overdue', holdfastUrl: null, phrases: PHRASES, carriers, alsoTo: carriers },
    disk: { vaultId: 'vlt_0123456789ab', vault: 'rotating', uuid, label, ...at, ...changes },
  }
}

/** For tests: a script that waited in vain for a run, with `changes` made to the lock. */
export function sampleLockTimeout(changes: Partial<LockTimeoutEvent['lock']> = {}): LockTimeoutEvent {
  const waited = { waiter: 'veeam job nightly', by: 'user:veeam', waitedMs: 28_800_000 }
  return {
    ...{ subject: 'lock-timeout', holdfastUrl: null, phrases: PHRASES },
    lock: {
      ...{ name: 'veeam/nightly', ...waited, heldBy: 'run_0123456789ab', jobName: 'documents' },
      ...{ at: '2026-08-20T06:00:00Z', ...changes },
    },
  }
}
