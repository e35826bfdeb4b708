import { expect, it } from 'vitest'
import { type BulkResult, doEach } from './bulk.ts'

it('goes on after a failure and tells of each in its order, one at a time', async () => {
  const results: BulkResult<string>[] = []
  let going = 0
  let most = 0
  const work = async (row: string) => {
    most = Math.max(most, ++going)
    await Promise.resolve()
    going--
    if (row === 'b') throw new Error('no')
  }
  await doEach(['a', 'b', 'c'], work, (result) => results.push(result))
  expect(results).toEqual([
    { row: 'a', error: null },
    { row: 'b', error: new Error('no') },
    { row: 'c', error: null },
  ])
  expect(most).toBe(1)
})
