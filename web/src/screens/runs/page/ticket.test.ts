import type { Run } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { ticketText } from './ticket.ts'

const run: Run = {
  id: 'run_0123456789ab',
  jobId: 'job_0123456789ab',
  jobName: 'documents',
  jobKind: 'disk-copy',
  operation: 'job',
  trigger: 'schedule',
  slotAt: null,
  status: 'finished',
  outcome: 'failed',
  attempt: 2,
  startedBy: null,
  approvedBy: null,
  canceledBy: null,
  recoversRunId: null,
  disk: null,
  waitingFor: null,
  plan: null,
  progress: null,
  report: null,
  error: {
    code: 'vault-full',
    kind: 'capacity',
    message: 'no room on disk-a',
    hint: 'Free space.',
  },
  createdAt: '2026-11-21T03:00:00Z',
  startedAt: '2026-11-21T03:00:05Z',
  finishedAt: null,
}

it('tells what somebody needs who has only the ticket', () => {
  const text = ticketText(
    run,
    [
      {
        attempt: 2,
        position: 0,
        name: 'Copy',
        startedAt: '2026-11-21T03:00:05Z',
        finishedAt: null,
        outcome: 'failed',
        error: run.error,
      },
    ],
    'https://backup.example/runs/run_0123456789ab',
  )
  expect(text.split('\n')).toEqual([
    'Job: documents (disk-copy, job_0123456789ab)',
    'Run: run_0123456789ab, job, attempt 2',
    'Outcome: failed',
    'Started by: schedule',
    'Created: 2026-11-21T03:00:00Z',
    'Started: 2026-11-21T03:00:05Z',
    'Error: vault-full',
    'Message: no room on disk-a',
    'Hint: Free space.',
    'Steps:',
    '  failed: Copy (no room on disk-a)',
    'https://backup.example/runs/run_0123456789ab',
  ])
})
