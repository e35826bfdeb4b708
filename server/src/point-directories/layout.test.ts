import { describe, expect, it } from 'vitest'
import { parseLocation, stampOf } from './layout.ts'

describe('where a restore point lies', () => {
  it('makes stamps that can be read back as locations', () => {
    const stamp = stampOf(new Date('2026-11-21T01:20:00.999Z'))
    expect(stamp).toBe('2026-11-21T01-20-00Z')
    expect(parseLocation(`job_0123456789ab/${stamp}-2`)).toEqual({
      jobId: 'job_0123456789ab',
      stamp: `${stamp}-2`,
    })
  })

  it.each([
    '',
    'x',
    '../job_0123456789ab',
    'job_0123456789ab/..',
    'job_0123456789ab/.partial',
    'job_0123456789ab/2026-11-21T01-20-00Z/data',
    '/etc/passwd',
  ])('refuses the location %j', (location) => expect(parseLocation(location)).toBeNull())
})
