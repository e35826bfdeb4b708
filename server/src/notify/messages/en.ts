import type { Catalog } from './catalog.ts'

/** Dates are British: day, month, year and 24 hours are read alike everywhere. */
export const en: Catalog = {
  locale: 'en-GB',
  colon: ':',
  byteUnits: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'],
  result: {
    success: 'succeeded',
    warning: { one: 'succeeded with {n} warning', other: 'succeeded with {n} warnings' },
    failed: 'failed',
    canceled: 'canceled',
    skipped: 'skipped',
    missed: 'missed',
    lost: 'worker lost',
    held: 'waiting for approval',
  },
  operation: { verify: 'verification', restore: 'restore' },
  explanation: {
    canceled: 'The run was stopped before it was done.',
    skipped: 'The run was skipped because something it needs was not available.',
    missed: 'No worker started the run at the planned time.',
    lost: 'The worker died or lost its connection during the run. Holdfast releases what the run held and plans it again.',
    held: 'A guard stopped the run: somebody has to approve or refuse its plan.',
  },
  label: {
    result: 'Result',
    slot: 'Planned for',
    started: 'Started',
    duration: 'Duration',
    amount: 'Data moved',
    restorePoints: { one: 'Restore point', other: 'Restore points' },
    attempts: 'Attempts',
    hint: 'Hint',
    code: 'Code',
    lookUp: 'Details',
    approve: 'Approve',
    refuse: 'Refuse',
  },
  warnings: { one: '{n} warning', other: '{n} warnings' },
  guards: { one: 'What the guard found', other: 'What the guards found' },
  more: { one: 'and {n} more', other: 'and {n} more' },
}
