import { expect, it } from 'vitest'
import { backOffMs } from './back-off.ts'
import { isReadAgain, isTouched } from './topics.ts'

const query = (...queryKey: unknown[]) => ({ queryKey })

it('reads lists and the run that changed again, and no other run', () => {
  const changes = [{ topic: 'runs' as const, runId: 'run_0123456789ab' }]
  expect(isTouched(query('GET /api/runs', {}, 'pages'), changes)).toBe(true)
  expect(isTouched(query('GET /api/status', {}), changes)).toBe(true)
  expect(isTouched(query('GET /api/runs/{ref}', { params: { ref: 'run_0123456789ab' } }), changes)).toBe(true)
  expect(isTouched(query('GET /api/runs/{ref}', { params: { ref: 'run_other0000000' } }), changes)).toBe(
    false,
  )
  expect(isTouched(query('GET /api/vaults', {}), changes)).toBe(false)
})

it('reads every run again when nobody says which one changed', () => {
  expect(isTouched(query('GET /api/runs/{ref}/steps', { params: { ref: 'a' } }), [{ topic: 'runs' }])).toBe(
    true,
  )
})

it('reads again what is plugged in when workers tell of it, or a vault knows more disks', () => {
  for (const topic of ['workers', 'objects'] as const) {
    expect(isTouched(query('GET /api/bay', {}), [{ topic }])).toBe(true)
    expect(isTouched(query('GET /api/status', {}), [{ topic }])).toBe(true)
  }
  expect(isReadAgain(query('point-entries', 'rp_0123456789ab', ''))).toBe(false)
})

it('leaves what is being edited and previews alone', () => {
  expect(isReadAgain(query('GET /api/jobs', {}))).toBe(true)
  expect(isReadAgain(query('edit', 'GET /api/jobs/{ref}', {}))).toBe(false)
  expect(isReadAgain(query('plan', 'job_1'))).toBe(false)
  expect(isTouched(query('edit', 'GET /api/jobs/{ref}', {}), [{ topic: 'objects' }])).toBe(false)
})

it('waits longer with every failure to connect, half a minute at most', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map((failures) => backOffMs(failures, 0))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ])
  expect(backOffMs(1, 1)).toBe(1250)
})
