import { expect, it } from 'vitest'
import { verifiedState } from './verified.ts'

const at = '2026-11-21T03:00:00Z'

it('tells how a restore point was checked', () => {
  expect(verifiedState({ verifiedAt: null, verifiedLevel: null, verifiedOk: null })).toBe('never')
  expect(verifiedState({ verifiedAt: at, verifiedLevel: 'sample', verifiedOk: true })).toBe('sample')
  expect(verifiedState({ verifiedAt: at, verifiedLevel: 'full', verifiedOk: true })).toBe('full')
})

it('never shows one as good whose check failed', () => {
  expect(verifiedState({ verifiedAt: at, verifiedLevel: 'full', verifiedOk: false })).toBe('failed')
})
