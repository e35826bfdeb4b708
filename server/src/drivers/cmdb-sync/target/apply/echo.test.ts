import { expect, it } from 'vitest'
import { notTakenOf } from './echo.ts'

it('takes for equal what CMDBuild only writes otherwise', () => {
  const sent = {
    At: '2025-07-28T08:44:39.690Z',
    Size: 299.4,
    Address: '2001:db8::1',
    Empty: null,
    Blank: ' ',
    Text: 'a ',
    Os: 131,
    On: true,
  }
  const stored = {
    At: '2025-07-28T10:44:39.69+02:00',
    Size: '299.40',
    Address: '2001:DB8:0::1',
    Text: 'a',
    Os: 131,
    On: true,
    Code: 'not sent',
  }
  expect(notTakenOf(sent, stored)).toEqual([])
})

it('names what was dropped and what is other', () => {
  const sent = { Dropped: 'x', Other: 2, Cleared: null, Late: '2025-07-28T08:44:39.690Z' }
  const stored = { Other: 3, Cleared: 'still', Late: '2025-07-28T08:44:39.691Z' }
  expect(notTakenOf(sent, stored)).toEqual(['Dropped', 'Other', 'Cleared', 'Late'])
})
