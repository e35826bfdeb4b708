import { execFileSync } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import type { RunSummary } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { BareDisk } from '../../lab/bare-disk.ts'
import { requires } from '../../lab/requires.ts'
import { LiveDebian, put, until } from './live-debian.testkit.ts'
import { builtPackage } from './packages.testkit.ts'

vi.setConfig({ testTimeout: 240_000 })

const uuidOf = (device: string) =>
  execFileSync('blkid', ['-p', '-s', 'UUID', '-o', 'value', device], { encoding: 'utf8' }).trim()

const NEEDS = ['root', 'loop', 'e2fsprogs', 'debootstrap', 'control groups', 'overlay mount']

describe.skipIf(requires(...NEEDS))('a disk plugged in to a live system', () => {
  let debian: LiveDebian
  let disk: BareDisk

  beforeAll(async () => {
    const built = await builtPackage()
    disk = await BareDisk.create({ type: 'ext4' })
    debian = await LiveDebian.create({ seesDisks: true })
    await copyFile(built, debian.path('srv/holdfast.deb'))
    await debian.runOnline('apt-get', 'update')
    const options = ['install', '--yes', '--no-install-recommends']
    await debian.runOnline('apt-get', ...options, '/srv/holdfast.deb', 'udev')
    await put(debian, 'etc/udev/rules.d/80-holdfast-bay.rules', 'KERNEL=="loop*", ENV{HOLDFAST_BAY}="1"\n')
    await debian.run('systemctl', 'stop', 'holdfast-worker')
    await debian.run('install', '-d', '-o', 'holdfast', '/srv/documents')
    const set = `{ name: disks, kind: disk-set, disks: [{ uuid: ${uuidOf(disk.device)}, label: Monday }] }`
    const job = '{ name: copy, kind: disk-copy, vault: disks, config: { source: /srv/documents } }'
    await put(debian, 'root/set.yaml', `vaults: [${set}]\njobs: [${job}]\n`)
    await debian.run('holdfast', 'apply', '/root/set.yaml')
    await disk.unplug()
    // It did not find udev when it booted; from here on it hears of devices.
    await debian.run('systemctl', 'start', 'systemd-udevd')
    await debian.run('systemctl', 'daemon-reexec')
  }, 600_000)

  afterAll(async () => {
    await debian?.[Symbol.asyncDispose]()
    await disk?.[Symbol.asyncDispose]()
  }, 120_000)

  const unitOf = (device: string) => `holdfast-disk@sys-devices-virtual-block-${device.slice(5)}.service`
  const stateOf = async (unit: string) => (await debian.unit(unit)).ActiveState
  const calls = (unit: string) => debian.run('journalctl', '--no-pager', '-o', 'cat', '-u', unit)
  const runs = async (): Promise<RunSummary[]> =>
    JSON.parse(await debian.run('holdfast', 'runs', 'list', '--json')).items

  test('starts its job through udev and systemd, without a worker, once for each time', async () => {
    expect(await runs()).toEqual([])
    await disk.plugIn()
    const unit = unitOf(disk.device)
    await until('the service is done', async () => (await stateOf(unit)) === 'active')
    expect(await runs()).toMatchObject([
      { jobName: 'copy', trigger: 'device', startedBy: null, status: 'queued' },
    ])
    await debian.run('udevadm', 'trigger', '--action=change', '--settle', disk.device)
    expect((await calls(unit)).match(/copy was started/g)).toHaveLength(1)
    expect(await calls(unit)).not.toContain('No job was started')
    await disk.unplug()
    await until('the service has ended with the disk', async () => (await stateOf(unit)) === 'inactive')
  })

  test('that belongs to no disk set fails nothing', async () => {
    await using other = await BareDisk.create({ type: 'ext4' })
    const unit = unitOf(other.device)
    await until('the service is done', async () => (await stateOf(unit)) === 'active')
    expect(await calls(unit)).toContain('belongs to no disk set')
    expect(await debian.run('systemctl', 'list-units', '--failed', '--no-legend', 'holdfast*')).toBe('')
  })
})
