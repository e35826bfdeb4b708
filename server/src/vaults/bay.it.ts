import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { BareDisk } from '../../../tools/lab/bare-disk.ts'
import { requires } from '../../../tools/lab/requires.ts'
import type { FoundFileSystem } from '../clients/block-devices/probe.ts'
import { machineBay, withoutUnlocked } from './bay.ts'

const signal = new AbortController().signal

/** Unnoticed by whoever looks at the text alone is what does not change it. */
async function look(bay: ReturnType<typeof machineBay>, disk: BareDisk) {
  const found = (await bay.list(signal)).filter(({ device }) => device === disk.device)
  return { fingerprint: await bay.fingerprint(), found }
}

test.skipIf(requires('root', 'loop', 'e2fsprogs'))(
  'a disk that comes, goes and comes back is another attach each time',
  async () => {
    const bay = machineBay([])
    const empty = await bay.fingerprint()
    await using disk = await BareDisk.create({ type: 'ext4', with: ['-L', 'MONDAY'] })
    const first = await look(bay, disk)
    expect(first.found).toMatchObject([
      { type: 'ext4', label: 'MONDAY', sizeBytes: 32 * 2 ** 20, isSystem: false },
    ])
    expect(first.fingerprint).not.toBe(empty)
    expect((await look(bay, disk)).fingerprint).toBe(first.fingerprint)
    const device = disk.device
    await disk.unplug()
    const gone = await bay.fingerprint()
    expect(gone).not.toBe(first.fingerprint)
    // Where nothing else can be read this is an empty bay, not one that cannot be read.
    expect((await bay.list(signal)).filter((one) => one.device === device)).toEqual([])
    await disk.plugIn()
    const second = await look(bay, disk)
    expect(second.found[0]?.uuid).toBe(first.found[0]?.uuid)
    expect(second.found[0]?.attachId).not.toBe(first.found[0]?.attachId)
  },
)

test.skipIf(requires('root', 'loop', 'e2fsprogs', 'ext4 mount'))(
  'what Holdfast lives on is a system disk',
  async () => {
    await using disk = await BareDisk.create({ type: 'ext4' })
    const path = `${disk.image}.mnt`
    expect(spawnSync('sh', ['-c', `mkdir ${path} && mount ${disk.device} ${path}`]).status).toBe(0)
    try {
      expect((await look(machineBay([]), disk)).found).toMatchObject([{ isSystem: false }])
      expect((await look(machineBay([`${path}/data/not/yet`]), disk)).found).toMatchObject([
        { isSystem: true },
      ])
    } finally {
      spawnSync('umount', [path])
    }
  },
)

test('a look without a change is cheap enough for every second', async () => {
  const bay = machineBay([])
  await bay.fingerprint()
  const times = []
  for (let count = 0; count < 200; count += 1) {
    const begin = performance.now()
    await bay.fingerprint()
    times.push(performance.now() - begin)
  }
  // A tenth of a millisecond for a few devices; a program that is started takes milliseconds.
  expect(times.toSorted((a, b) => a - b)[100]).toBeLessThan(100)
})

test('of an unlocked disk the container counts, not what is in it', () => {
  const disk = {
    sizeBytes: 1,
    readOnly: false,
    disk: '/dev/sdb',
    label: null,
    serial: null,
    model: null,
    removable: true,
  }
  const on = (device: string, type: string, attachId = 'sdb@7'): FoundFileSystem => ({
    ...disk,
    device,
    type,
    attachId,
    uuid: device,
  })
  const container = on('/dev/sdb1', 'crypto_LUKS')
  const volume = on('/dev/mapper/vg-data', 'ext4', 'sda@1')
  expect(withoutUnlocked([container, on('/dev/mapper/holdfast-x', 'ext4'), volume])).toEqual([
    container,
    volume,
  ])
})
