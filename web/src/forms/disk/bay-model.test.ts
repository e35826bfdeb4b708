import type { BayDisk } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { byUse, inBay, isSuited, obstacleOf } from './bay-model.ts'

const disk = (device: string, more: Partial<BayDisk> = {}): BayDisk => ({
  host: 'sv-backup01',
  device,
  uuid: `uuid-of${device.replaceAll('/', '-')}`,
  fileSystem: 'ext4',
  label: null,
  sizeBytes: 4_000_000_000_000,
  model: null,
  serial: null,
  isSystem: false,
  vault: null,
  ...more,
})
const nothing = { vault: undefined, listed: [] }

describe('a disk in the bay', () => {
  const free = disk('/dev/sdb1')
  const bay = [free, disk('/dev/sda2', { isSystem: true }), disk('/dev/sdc1', { vault: 'offsite' })]
  const [, system, taken] = bay as [BayDisk, BayDisk, BayDisk]

  it('can be taken unless it carries the system or belongs to another vault', () => {
    expect(obstacleOf(free, bay, nothing)).toBeNull()
    expect(obstacleOf(system, bay, nothing)).toBe('system')
    expect(obstacleOf(taken, bay, nothing)).toBe('taken')
    expect(obstacleOf(taken, bay, { vault: 'offsite', listed: [] })).toBeNull()
  })

  it('is offered once for a form', () => {
    expect(obstacleOf(free, bay, { vault: undefined, listed: [free.uuid.toUpperCase()] })).toBe('listed')
  })

  it('is not taken while a copy of it is plugged in too', () => {
    const copy = disk('/dev/sdd1', { uuid: free.uuid })
    expect(obstacleOf(free, [...bay, copy], nothing)).toBe('twice')
  })

  it('stands before those that cannot be taken', () => {
    const sorted = byUse(
      bay.toReversed().map((one) => ({ disk: one, obstacle: obstacleOf(one, bay, nothing) })),
    )
    expect(sorted.map((one) => one.disk.device)).toEqual(['/dev/sdb1', '/dev/sda2', '/dev/sdc1'])
  })

  it('is found by what was typed', () => {
    expect(inBay(bay, ` ${free.uuid.toUpperCase()} `)).toBe(free)
    expect(inBay(bay, '')).toBeUndefined()
    expect(inBay(undefined, free.uuid)).toBeUndefined()
  })

  it('needs a file system that keeps owners, links and times', () => {
    expect(isSuited(free)).toBe(true)
    expect(isSuited(disk('/dev/sde1', { fileSystem: 'crypto_LUKS' }))).toBe(true)
    expect(isSuited(disk('/dev/sde1', { fileSystem: 'vfat' }))).toBe(false)
  })
})
