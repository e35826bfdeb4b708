import { describe, expect, test } from 'vitest'
import { LabError } from '../store/lab-error.ts'
import { ListingCache, pageOf, parseSort, sorted } from './listing.ts'

const NUMBERS = [1, 2, 3, 4, 5]

describe('pages', () => {
  test('all without a limit; the total is exact only where the page is full', () => {
    expect(pageOf(NUMBERS, 0, null)).toEqual({ rows: NUMBERS, total: 5 })
    expect(pageOf(NUMBERS, 2, 2)).toEqual({ rows: [3, 4], total: 5 })
    expect(pageOf(NUMBERS, 4, 2)).toEqual({ rows: [5], total: 5 })
    expect(pageOf(NUMBERS, 8, 2)).toEqual({ rows: [], total: 8 })
  })
})

describe('order', () => {
  test.each([
    ['Code', [['Code', false]]],
    ['Code desc', [['Code', true]]],
    [
      'Code:desc,Id',
      [
        ['Code', true],
        ['Id', false],
      ],
    ],
    ['[{"property":"Id","direction":"ASC"}]', [['Id', false]]],
    [null, []],
  ])('%s', (text, keys) => {
    expect(parseSort(text).map((one) => [one.property, one.isDescending])).toEqual(keys)
  })

  test.each(['Code up', '[{"Id":1}]', '[', '[{"property":"Id","direction":"UP"}]'])(
    '%s is refused',
    (text) => {
      expect(() => parseSort(text)).toThrow(LabError)
    },
  )

  test('numbers by their size, nothing last', () => {
    const rows = [{ n: 10 }, { n: null }, { n: 9 }]
    expect(sorted(rows, parseSort('n'), (row) => row.n).map(({ n }) => n)).toEqual([9, 10, null])
  })

  test('the pages of one list are cut from one sorting as long as nothing changes', () => {
    const cache = new ListingCache()
    let sortings = 0
    const make = () => {
      sortings += 1
      return NUMBERS
    }
    for (let read = 0; read < 50; read += 1) cache.list('cards', 1, make)
    expect(sortings).toBe(1)
    cache.list('others', 1, make)
    cache.list('cards', 2, make)
    expect(sortings).toBe(3)
  })
})
