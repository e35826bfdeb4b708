import type { DiskStatus, VaultStatus } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { byUrgency, carriersOf, diskNow, dueOf, freeInBay, usedInstead, usedShare } from './disk-model.ts'
import { figureText } from './figures.ts'

const UUID = '2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11'
const disk = (label: string, more: Partial<DiskStatus> = {}): DiskStatus => ({
  uuid: UUID,
  label,
  state: 'absent',
  host: null,
  device: null,
  seenAt: null,
  lastCopyAt: null,
  pointCount: 0,
  totalBytes: null,
  freeBytes: null,
  dueAt: null,
  overdue: false,
  health: null,
  healthAt: null,
  ...more,
})

describe('disks of a disk set', () => {
  it('are overdue, due or bound by no rule', () => {
    const dueAt = '2026-11-24T00:00:00Z'
    expect(dueOf({ overdue: true, dueAt })).toEqual({ word: 'overdue', at: dueAt })
    expect(dueOf({ overdue: false, dueAt })).toEqual({ word: 'due', at: dueAt })
    expect(dueOf({ overdue: false, dueAt: null })).toEqual({ word: 'noRule' })
  })

  it('tell how full they are only when both figures are known', () => {
    expect(usedShare({ freeBytes: 25, totalBytes: 100 })).toBe(0.75)
    expect(usedShare({ freeBytes: null, totalBytes: 100 })).toBeNull()
    expect(usedShare({ freeBytes: 0, totalBytes: 0 })).toBeNull()
  })

  it('have the room of the one that a run would use now', () => {
    const away = disk('away', { freeBytes: 9 })
    expect(freeInBay([away, disk('Monday', { state: 'safe', freeBytes: 5 })])).toBe(5)
    expect(freeInBay([away, disk('Monday', { state: 'present' })])).toBeNull()
    expect(freeInBay([away])).toBeNull()
  })

  it('stand in the order in which they want a person', () => {
    const failing = { status: 'failing' } as DiskStatus['health']
    const sorted = byUrgency([
      disk('away'),
      disk('busy', { state: 'busy' }),
      disk('late', { overdue: true }),
      disk('safe', { state: 'safe' }),
      disk('failing', { health: failing }),
    ])
    expect(sorted.map(({ label }) => label)).toEqual(['failing', 'late', 'busy', 'safe', 'away'])
  })

  it('are used in the order of the set, on each machine', () => {
    const here = { state: 'present', host: 'sv-backup01' } as const
    const [away, monday, tuesday] = [disk('away'), disk('Monday', here), disk('Tuesday', here)]
    const elsewhere = disk('Friday', { state: 'safe', host: 'sv-backup02' })
    const all = [away, monday, tuesday, elsewhere]
    expect(usedInstead(all, monday)).toBeUndefined()
    expect(usedInstead(all, tuesday)).toBe(monday)
    expect(usedInstead(all, elsewhere)).toBeUndefined()
  })

  it('are known to their carriers, however the UUID was typed', () => {
    const spec = { disks: [{ uuid: UUID.toUpperCase(), label: 'Monday', mail: ['a@example.org'] }] }
    expect(carriersOf(spec, UUID)).toEqual(['a@example.org'])
    expect(carriersOf({ disks: [{ uuid: UUID, label: 'Monday' }] }, UUID)).toEqual([])
    expect(carriersOf({ path: '/srv' }, UUID)).toEqual([])
  })

  it('are found wherever they belong', () => {
    const vaults = [{ disks: null }, { disks: [disk('Monday')] }] as VaultStatus[]
    expect(diskNow({ vaults }, UUID.toUpperCase())?.label).toBe('Monday')
    expect(diskNow({ vaults }, 'another')).toBeUndefined()
    expect(diskNow(undefined, UUID)).toBeUndefined()
  })
})

it('writes each figure of SMART with its unit, and none that the disk does not tell', () => {
  const write = {
    count: (value: number) => `${value}`,
    celsius: (value: number) => `${value} °C`,
    hours: (value: number) => `${value} h`,
    share: (value: number) => `${value * 100} %`,
  }
  expect(figureText('temperatureCelsius', 31, write)).toBe('31 °C')
  expect(figureText('powerOnHours', 900, write)).toBe('900 h')
  expect(figureText('wearPercent', 12, write)).toBe('12 %')
  expect(figureText('pending', 0, write)).toBe('0')
  expect(figureText('pending', null, write)).toBeNull()
})
