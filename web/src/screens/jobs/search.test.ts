import { expect, it } from 'vitest'
import { validateJobs, validateTab } from './search.ts'

it('takes the filters that there are and leaves out what does not fit', () => {
  expect(validateJobs({ q: 'mail', coverage: 'missed', enabled: true, node: '', colour: 'red' })).toEqual({
    q: 'mail',
    coverage: ['missed'],
    enabled: 'true',
  })
  expect(validateJobs({ coverage: ['never', 'fine', 'late'], enabled: 'maybe', kind: 3 })).toEqual({
    coverage: ['late', 'never'],
  })
})

it('keeps the address of the first tab short', () => {
  expect(validateTab({ tab: 'plan' })).toEqual({ tab: 'plan' })
  expect(validateTab({ tab: 'summary' })).toEqual({})
  expect(validateTab({ tab: 'nothing' })).toEqual({})
})
