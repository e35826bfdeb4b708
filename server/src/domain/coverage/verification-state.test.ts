import { describe, expect, it } from 'vitest'
import { verificationState } from './verification-state.ts'

const NOW = new Date('2026-08-20T12:00:00Z')

describe('verificationState', () => {
  it.each([
    ['a full check today', '2026-08-20T01:00:00Z', 'full', true, 'verified'],
    ['a full check just young enough', '2026-07-21T12:00:00Z', 'full', true, 'verified'],
    ['a full check too long ago', '2026-07-21T11:59:59Z', 'full', true, 'verified-long-ago'],
    ['a sample only', '2026-08-20T01:00:00Z', 'sample', true, 'not-verified'],
    ['never checked', null, null, null, 'not-verified'],
    ['a check without a verdict', '2026-08-20T01:00:00Z', 'full', null, 'not-verified'],
    ['a failed full check', '2026-08-20T01:00:00Z', 'full', false, 'failed'],
    ['a failed sample', '2026-08-20T01:00:00Z', 'sample', false, 'failed'],
    ['a check that failed long ago', '2020-01-01T00:00:00Z', 'full', false, 'failed'],
  ] as const)('%s', (_name, verifiedAt, verifiedLevel, verifiedOk, expected) => {
    expect(verificationState({ verifiedAt, verifiedLevel, verifiedOk }, '30d', NOW)).toBe(expected)
  })
})
