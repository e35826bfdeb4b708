import { describe, expect, it } from 'vitest'
import { diskAdvice } from './disk-advice.ts'

const disk = (safeToRemove: boolean) => ({
  uuid: '2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11',
  label: 'Monday',
  freeBytes: null,
  totalBytes: null,
  safeToRemove,
})
const run = (status: 'running' | 'held' | 'finished', safeToRemove: boolean) => ({
  status,
  disk: disk(safeToRemove),
  error: null,
})

describe('what the page of a run says about unplugging its disk', () => {
  it('says that it must stay while the run goes on, whatever was last told of the disk', () => {
    expect(diskAdvice(run('running', false), 'present')).toBe('stay')
    expect(diskAdvice(run('running', false), undefined)).toBe('stay')
  })

  it('says nothing of a disk that a held run has given back for the time being', () => {
    expect(diskAdvice(run('held', false), 'present')).toBeNull()
    expect(diskAdvice(run('held', false), 'busy')).toBe('stay')
  })

  it('says that it may go once it was given back', () => {
    expect(diskAdvice(run('finished', true), 'safe')).toBe('safe')
    expect(diskAdvice(run('finished', true), 'present')).toBe('safe')
    expect(diskAdvice(run('finished', true), undefined)).toBe('safe')
  })

  it('never lets an old run say that a disk may go which another run uses now', () => {
    expect(diskAdvice(run('finished', true), 'busy')).toBe('stay')
  })

  it('says nothing of a disk that is away, and of a run without one', () => {
    expect(diskAdvice(run('finished', true), 'absent')).toBeNull()
    expect(diskAdvice({ status: 'finished', disk: null, error: null }, undefined)).toBeNull()
  })

  it('warns of one that nobody has given back, unless it was pulled', () => {
    expect(diskAdvice(run('finished', false), 'present')).toBe('notReleased')
    const error = { code: 'disk-removed', kind: 'tool', message: 'pulled', hint: '' } as const
    expect(diskAdvice({ ...run('finished', false), error }, 'present')).toBeNull()
  })
})
