import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { loadOrder } from './load-order.ts'

const TABLES = ['a', 'b', 'c', 'd', 'e', 'f']

describe('loadOrder', () => {
  it('puts what is referred to first, the rest by name', () => {
    const references = [
      { from: 'jobs', to: 'vaults' },
      { from: 'run_log', to: 'runs' },
      { from: 'runs', to: 'jobs' },
      { from: 'runs', to: 'runs' },
    ]
    expect(loadOrder(['run_log', 'runs', 'vaults', 'jobs', 'assets'], references)).toEqual([
      'assets',
      'vaults',
      'jobs',
      'runs',
      'run_log',
    ])
  })

  it('names the tables of a circle', () => {
    const circle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ]
    expect(() => loadOrder(['a', 'b', 'c'], circle)).toThrowError(
      expect.objectContaining({ code: 'invariant-broken', details: { tables: ['a', 'b'] } }),
    )
  })

  it('keeps every table and every reference, whatever the references without a circle', () => {
    const edge = fc.tuple(fc.nat(5), fc.nat(5)).map(([left, right]) => ({
      from: TABLES[Math.max(left, right)] ?? '',
      to: TABLES[Math.min(left, right)] ?? '',
    }))
    fc.assert(
      fc.property(fc.array(edge), fc.shuffledSubarray(TABLES, { minLength: 6 }), (references, tables) => {
        const order = loadOrder(tables, references)
        expect([...order].sort()).toEqual(TABLES)
        for (const { from, to } of references) {
          expect(order.indexOf(to)).toBeLessThanOrEqual(order.indexOf(from))
        }
      }),
    )
  })
})
