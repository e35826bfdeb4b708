import type { RunListFilter } from '../../../server/src/engine/ports.ts'

/** Every pair of filters, the rare combinations among them. */
export const RUN_FILTERS: Readonly<Record<string, RunListFilter>> = {
  'no filter': {},
  'a job': { jobId: 'job_000000000007' },
  'job & outcome': { jobId: 'job_000000000007', outcome: ['lost'] },
  'job & operation': { jobId: 'job_000000000007', operation: 'restore' },
  'job & status': { jobId: 'job_000000000007', status: ['queued', 'running'] },
  'job & several outcomes': { jobId: 'job_000000000007', outcome: ['failed', 'lost', 'warning'] },
  'kind & rare outcome': { kind: 'pbs-backup', outcome: ['missed'] },
  'kind & frequent outcome': { kind: 'pbs-backup', outcome: ['success'] },
  'kind & operation': { kind: 'disk-copy', operation: 'verify' },
  'kind & status': { kind: 'disk-copy', status: ['finished'] },
  'outcome & operation, next to none': { outcome: ['lost'], operation: 'restore' },
  'outcome & operation, none': { outcome: ['missed'], operation: 'restore' },
  'several outcomes & operation': { outcome: ['failed', 'lost', 'canceled'], operation: 'job' },
  'several outcomes': { outcome: ['failed', 'lost', 'missed', 'canceled'] },
  'outcome & time': { outcome: ['failed'], to: new Date(Date.now() - 100 * 86_400_000).toISOString() },
  'operation & time': { operation: 'restore', from: new Date(Date.now() - 30 * 86_400_000).toISOString() },
  'status & operation': { status: ['queued'], operation: 'job' },
  'time & time': {
    from: new Date(Date.now() - 200 * 86_400_000).toISOString(),
    to: new Date(Date.now() - 100 * 86_400_000).toISOString(),
  },
}
