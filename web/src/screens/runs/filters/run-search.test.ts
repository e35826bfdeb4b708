import { expect, it } from 'vitest'
import { parseRunSearch } from './run-search.ts'

it('takes one value or several', () => {
  expect(parseRunSearch({ outcome: 'failed', status: ['held', 'queued'] })).toEqual({
    outcome: ['failed'],
    status: ['queued', 'held'],
  })
})

it('leaves out what the server would refuse', () => {
  expect(parseRunSearch({ outcome: ['broken'], operation: 'dance', from: 'soon', job: '', more: 1 })).toEqual(
    {},
  )
})

it('writes instants as the server wants them', () => {
  expect(parseRunSearch({ from: '2026-11-21T04:00:00+01:00' })).toEqual({ from: '2026-11-21T03:00:00.000Z' })
})

it('knows a job that has digits for a name', () => {
  expect(parseRunSearch({ job: 2026 })).toEqual({ job: '2026' })
})
