import { type Digest, HoldfastError } from '@holdfast/contract'
import { say } from '../drivers/disk-copy/texts/texts.ts'
import { PHRASES } from '../wiring/phrases.ts'
import type { DigestEvent } from './run-event.ts'

const GOOD: Digest = {
  from: '2026-08-19T05:00:00.000Z',
  to: '2026-08-20T05:00:00.000Z',
  runs: { success: 12 },
  problems: [],
  problemCount: 0,
  protectedCount: 8,
  uncovered: [],
  uncoveredCount: 0,
  restores: [],
  restoreCount: 0,
  held: [],
  heldCount: 0,
  vaults: [],
  overdueDisks: [],
  overdueDiskCount: 0,
  selfBackupProblem: null,
}

const HOUR_MS = 3_600_000
const full = new HoldfastError('vault-full', 'vault "shelf" has 3 GiB free, the run needs 12 GiB').report()
const run = { operation: 'job', at: '2026-08-20T02:35:40.000Z', runId: 'run_0123456789ab' } as const

const disk = { vaultId: 'vlt_0123456789ab', vault: 'rotating', uuid: '6BCA-E8FE' }

const BAD: Digest = {
  ...GOOD,
  runs: { success: 1204, warning: 2, failed: 25, canceled: 1, skipped: 3, missed: 1, lost: 1 },
  problems: [
    { ...run, ...full, jobName: 'documents', outcome: 'failed', count: 24 },
    { ...run, ...full, jobName: 'photos', operation: 'restore', outcome: 'failed', count: 1 },
    { ...run, jobName: 'mail', outcome: 'missed', count: 1, code: null, message: null, hint: null },
    {
      ...run,
      jobName: 'wiki',
      outcome: 'warning',
      count: 2,
      code: null,
      message: say('run.vanished', { count: 3 }),
      hint: null,
    },
  ],
  problemCount: 27,
  protectedCount: 8,
  uncovered: [
    { jobName: 'new server', state: 'never', ageMs: null },
    { jobName: 'documents', state: 'missed', ageMs: 77 * HOUR_MS },
  ],
  uncoveredCount: 2,
  restores: [{ runId: run.runId, jobName: 'photos', outcome: 'success', at: run.at }],
  restoreCount: 1,
  held: [{ runId: 'run_123456789abc', jobName: 'archive', since: '2026-08-19T20:00:00.000Z' }],
  heldCount: 1,
  vaults: [
    { name: 'cellar', earliestDays: 0, latestDays: 0 },
    { name: 'shelf', earliestDays: 0, latestDays: 4 },
    { name: 'safe', earliestDays: 12, latestDays: 20 },
    { name: 'attic', earliestDays: 50, latestDays: null },
  ],
  overdueDisks: [
    { ...disk, label: 'Monday', lastCopyAt: '2026-08-06T00:35:00.000Z', dueAt: '2026-08-20T00:35:00.000Z' },
    { ...disk, label: 'Größe 2', lastCopyAt: null, dueAt: '2026-08-20T03:00:00.000Z' },
  ],
  overdueDiskCount: 2,
  selfBackupProblem: 'no space left on device',
}

/** For tests: a digest of a good night or of a very bad one, with `changes` made to it. */
export function sampleDigest(night: 'good' | 'bad', changes: Partial<Digest> = {}): DigestEvent {
  const digest = { ...(night === 'good' ? GOOD : BAD), ...changes }
  return { subject: 'digest', digest, holdfastUrl: null, phrases: PHRASES }
}
