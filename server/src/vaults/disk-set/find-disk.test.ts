import type { SetDisk } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { FoundFileSystem } from '../../clients/block-devices/probe.ts'
import { findDisk, refuseFileSystem } from './find-disk.ts'

const MONDAY = '2bcebba3-7f5e-4d8e-9a57-0c1a3f3f5e11'
const TUESDAY = '72e7c0de-5a1e-4b70-9b3c-2f6a0f1f9d10'

const disk = (uuid: string, label: string): SetDisk => ({ uuid, label, mail: [] })
const SET = { name: 'rotating', disks: [disk(MONDAY, 'Monday'), disk(TUESDAY, 'Tuesday')] }
const NONE = new Set<string>()

function device(name: string, uuid: string): FoundFileSystem {
  return {
    device: `/dev/${name}1`,
    uuid,
    type: 'ext4',
    label: null,
    sizeBytes: 4e12,
    readOnly: false,
    disk: `/dev/${name}`,
    attachId: name,
    serial: null,
    model: null,
    removable: true,
  }
}

describe('which disk is used', () => {
  it('is the first of the set that is in the bay, in the order of the set', () => {
    const found = [device('sdb', TUESDAY), device('sdc', MONDAY.toUpperCase())]
    expect(findDisk(SET, null, found, NONE)).toMatchObject({
      disk: { label: 'Monday' },
      device: { device: '/dev/sdc1' },
    })
    expect(findDisk(SET, null, found.slice(0, 1), NONE).disk.label).toBe('Tuesday')
  })

  it('is the one that is wanted, or none', () => {
    const found = [device('sdb', MONDAY)]
    const wanted = { uuid: TUESDAY, label: 'Tuesday' }
    expect(() => findDisk(SET, wanted, found, NONE)).toThrow(
      expect.objectContaining({ code: 'disk-absent', hint: expect.stringContaining('Tuesday') }),
    )
    const former = { uuid: '9d0f7f6a-3c55', label: 'Sunday' }
    expect(() => findDisk(SET, former, found, NONE)).toThrow(/Sunday.*no longer belongs/)
  })

  it('names every disk that would do when there is none', () => {
    expect(() => findDisk(SET, null, [], NONE)).toThrow(
      expect.objectContaining({ code: 'disk-absent', hint: expect.stringMatching(/Monday, Tuesday/) }),
    )
  })

  it('is no clone', () => {
    const found = [device('sdb', MONDAY), device('sdc', MONDAY)]
    expect(() => findDisk(SET, null, found, NONE)).toThrow(
      expect.objectContaining({ code: 'disk-ambiguous', message: expect.stringContaining('/dev/sdc1') }),
    )
  })

  it('never takes the disk of the system', () => {
    expect(() => findDisk(SET, null, [device('sda', MONDAY)], new Set(['/dev/sda']))).toThrow(
      expect.objectContaining({ code: 'disk-system' }),
    )
  })

  it('refuses a file system that keeps too little', () => {
    for (const type of ['ext4', 'xfs', 'btrfs']) refuseFileSystem(disk(MONDAY, 'Monday'), type)
    for (const type of ['vfat', 'exfat', 'ntfs', 'crypto_LUKS'])
      expect(() => refuseFileSystem(disk(MONDAY, 'Monday'), type)).toThrow(
        expect.objectContaining({ code: 'file-system-unsupported' }),
      )
  })
})
