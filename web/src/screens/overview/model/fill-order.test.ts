import type { Forecast, VaultStatus } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { byFilling } from './fill-order.ts'

function vault(name: string, forecast: Forecast, freeBytes: number | null = 9): VaultStatus {
  return {
    id: name as VaultStatus['id'],
    name,
    kind: 'directory',
    pointCount: 1,
    sizeBytes: 1,
    freeBytes,
    problem: null,
    disks: null,
    forecast,
  }
}
const fills = (earliestDays: number): Forecast => ({
  kind: 'fills',
  earliestDays,
  latestDays: null,
  bytesPerDay: 1,
})

it('tells first what fills first, then what nobody knows, then what has room', () => {
  const vaults = [
    vault('roomy', { kind: 'beyond', years: 5 }),
    vault('later', fills(40)),
    vault('away', { kind: 'not-enough-data', haveDays: 1, neededDays: 7 }, null),
    vault('growing', { kind: 'unknown' }, null),
    vault('soon', fills(3)),
    vault('calm', { kind: 'shrinking', bytesPerDay: 0 }),
  ]
  expect(byFilling(vaults).map(({ name }) => name)).toEqual([
    'soon',
    'later',
    'growing',
    'away',
    'calm',
    'roomy',
  ])
})
