import { describe, expect, it } from 'vitest'
import { webhookPayload } from './payload.ts'
import { SAMPLE_DISK, sampleEvent, sampleLockTimeout, sampleOverdue } from './sample-run.testkit.ts'

const english = { language: 'en', timeZone: 'UTC' } as const

describe('what a webhook is posted', () => {
  it('of a run names its disk', () => {
    const payload = webhookPayload(sampleEvent('success', { disk: SAMPLE_DISK }), english)
    expect(payload).toMatchObject({
      event: 'success',
      run: { disk: { ...SAMPLE_DISK } },
      text: expect.stringMatching(/^documents: succeeded, disk "Monday"\n\nYou can remove/),
    })
  })

  it('of a start has no end', () => {
    expect(webhookPayload(sampleEvent('started'), english)).toMatchObject({
      event: 'started',
      run: { outcome: null, finishedAt: null, durationMs: null, disk: null },
    })
  })

  it('of an overdue disk names who carries it', () => {
    expect(webhookPayload(sampleOverdue(), english)).toEqual({
      event: 'disk-overdue',
      disk: {
        vaultId: 'vlt_0123456789ab',
        vault: 'rotating',
        uuid: SAMPLE_DISK.uuid,
        label: 'Monday',
        lastCopyAt: '2026-08-06T00:35:00Z',
        dueAt: '2026-08-20T00:35:00Z',
        mail: ['anna@example.org', 'bruno@example.org'],
      },
      url: null,
      text: expect.stringMatching(/^rotating: disk "Monday" is overdue\n\n/),
    })
  })

  it('of a lock says who waited and who holds it', () => {
    expect(webhookPayload(sampleLockTimeout(), english)).toEqual({
      event: 'lock-timeout',
      lock: sampleLockTimeout().lock,
      url: null,
      text: expect.stringContaining('veeam job nightly waited 8 hours'),
    })
  })
})
