import { expect, it } from 'vitest'
import { auditQuery, parseAuditSearch } from './audit-search.ts'

it('takes from an address what it understands', () => {
  const search = { by: 'cli:root', action: 'job.start', from: '2026-11-21T08:00:00.000Z' }
  expect(parseAuditSearch({ ...search, object: '', to: 'tomorrow', page: 2 })).toEqual(search)
})

it('asks for a person together with their tokens, for others as they are written', () => {
  expect(auditQuery({ by: 'user:anna', action: 'job.start' })).toEqual({ user: 'anna', action: 'job.start' })
  expect(auditQuery({ by: 'cli:root' })).toEqual({ by: 'cli:root' })
  expect(auditQuery({ object: 'x' })).toEqual({ object: 'x' })
})
