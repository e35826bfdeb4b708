import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, constants, copyFileSync, openSync } from 'node:fs'
import { copyFile, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BayDisk,
  type Page,
  phraseText,
  type RestorePoint,
  type Run,
  type RunSummary,
} from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { BareDisk } from '../../lab/bare-disk.ts'
import { removeFolder } from '../../lab/remove-folder.ts'
import { requires } from '../../lab/requires.ts'
import { LiveApi, SERVER } from './api.testkit.ts'
import { LiveDebian, put, until } from './live-debian.testkit.ts'
import { builtPackage } from './packages.testkit.ts'
import { asRootOfWorker, asWorker } from './worker-sudo.testkit.ts'

vi.setConfig({ testTimeout: 240_000 })

const NEEDS = ['root', 'loop', 'e2fsprogs', 'ext4 mount', 'debootstrap', 'control groups', 'overlay mount']
/** Which bits of a set of capabilities are set: chown, dac_override, dac_read_search, fowner, fsetid, setgid, setuid ... */
const bitsOf = (hex: string) =>
  [...Array(41).keys()].filter((bit) => (BigInt(`0x${hex}`) >> BigInt(bit)) & 1n)
const host = (program: string, ...args: string[]) =>
  execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' })
const uuidOf = (device: string) => host('blkid', '-p', '-s', 'UUID', '-o', 'value', device).trim()

describe.skipIf(requires(...NEEDS))('a disk set of the package on a live system', () => {
  let debian: LiveDebian
  let disk: BareDisk
  let folder: string
  let uuid = ''
  let api: LiveApi

  beforeAll(async () => {
    const built = await builtPackage()
    folder = await mkdtemp(join(tmpdir(), 'holdfast-disk-set-'))
    disk = await BareDisk.create({ type: 'ext4', sizeMb: 96 })
    uuid = uuidOf(disk.device)
    debian = await LiveDebian.create({ seesDisks: true })
    await copyFile(built, debian.path('srv/holdfast.deb'))
    await debian.runOnline('apt-get', 'update')
    const options = ['install', '--yes', '--no-install-recommends']
    const wanted = ['sudo', 'cryptsetup-bin', 'smartmontools', 'udev']
    await debian.runOnline('apt-get', ...options, '/srv/holdfast.deb', ...wanted)
    await debian.hearOfDisks()
    await debian.run('mkdir', '/srv/documents')
    await put(debian, 'srv/documents/letter', 'dear reader', 0o400)
    await untilReady()
  }, 600_000)

  afterAll(async () => {
    await debian?.[Symbol.asyncDispose]()
    await disk?.[Symbol.asyncDispose]()
    await removeFolder(folder)
  }, 600_000)

  const untilReady = () =>
    until('the server is ready', async () => {
      const answer = await debian.fetch(`${SERVER}/readyz`).catch(() => null)
      return answer?.status === 200
    })
  const runs = async () => (await api.get<Page<RunSummary>>('/api/runs?job=documents')).items
  const runOf = (id: string) => api.get<Run>(`/api/runs/${id}`)
  /** The newest run once it has ended; another one takes the place of a lost one. */
  const ended = () =>
    until('the run has ended', async () => {
      const [newest] = await runs()
      return newest?.status === 'finished' && newest.outcome !== 'lost' && (await runOf(newest.id))
    })
  const mounts = async () =>
    (await debian.run('cat', '/proc/1/mounts')).split('\n').filter((line) => line.includes('/run/holdfast'))

  /** As `docs/how-to/rotating-disks.md` says for a person without Holdfast. */
  async function expectSound(point: RestorePoint): Promise<void> {
    const place = join(folder, 'mounted')
    host('mkdir', '-p', place)
    host('mount', '-o', 'ro', disk.device, place)
    try {
      const check = 'cd "$0" && sha256sum --quiet -c SHA256SUMS && cat data/letter'
      expect(host('sh', '-c', check, join(place, 'holdfast', point.location))).toBe('dear reader')
    } finally {
      host('umount', place)
    }
  }

  /** Nobody uses the disk, in any namespace of this machine, and nothing of the run is left in the system. */
  async function expectFree(): Promise<void> {
    expect(await mounts()).toEqual([])
    expect(await debian.run('ls', '/run/holdfast/mounts')).toBe(`${uuid}.lock\n`)
    closeSync(openSync(disk.device, constants.O_RDWR | constants.O_EXCL))
    expect(await debian.run('sh', '-c', 'cat /proc/[0-9]*/comm 2>/dev/null || true')).not.toContain('rsync')
  }

  const newestPoint = async () => {
    const { items } = await api.get<Page<RestorePoint>>('/api/restore-points?job=documents')
    expect(items[0]).toMatchObject({ disk: { uuid, label: 'Monday' }, verifiedOk: true })
    return items[0] as RestorePoint
  }

  /** Returns in the middle of a copy that takes some seconds. */
  async function startLarge(): Promise<string> {
    await writeFile(debian.path('srv/documents/large'), randomBytes(6 * 2 ** 20))
    const { id } = await api.post<Run>('/api/jobs/documents/run')
    await until('it copies', async () => (await runOf(id)).progress?.step === 'copy')
    const mounted = `^${disk.device} /run/holdfast/mounts/${uuid}-\\w+ ext4 rw,nosuid,nodev,noexec,`
    expect(await mounts()).toEqual([expect.stringMatching(mounted)])
    return id
  }

  /** Another run took the place of the lost one, found its lock file and copied to the end. */
  async function expectRecovered(id: string): Promise<void> {
    const run = await ended()
    expect(run.error).toBeNull()
    expect(run).toMatchObject({ recoversRunId: id, outcome: 'warning', disk: { safeToRemove: true } })
    expect(warningsOf(run)).toEqual([expect.stringContaining('lock file was left')])
  }

  const warningsOf = (run: Run) => run.report?.warnings.map(phraseText)

  const nameOfService = (device: string) =>
    `holdfast-disk@sys-devices-virtual-block-${device.slice(5)}.service`
  const serviceOf = (device: string) => debian.unit(nameOfService(device))
  const saidByService = (device: string) =>
    debian.run('journalctl', '--no-pager', '-o', 'cat', '-u', nameOfService(device))

  test('made in the API, run by the worker: the copy is whole and the disk can be removed', async () => {
    api = await LiveApi.signUp(debian, { name: 'anna', password: 'seven quiet lanterns 42' })
    const inBay = await until('the disk is in the bay', async () =>
      (await api.get<BayDisk[]>('/api/bay')).find((each) => each.uuid === uuid),
    )
    expect(inBay).toMatchObject({ host: 'office', device: disk.device, fileSystem: 'ext4', vault: null })
    const set = { name: 'disks', kind: 'disk-set', disks: [{ uuid, label: 'Monday' }], minFree: '1MiB' }
    await api.post('/api/vaults', set)
    const config = { source: '/srv/documents', bandwidthLimit: '1MiB' }
    await api.post('/api/copy-jobs', { name: 'documents', kind: 'disk-copy', vault: 'disks', config })
    await api.post('/api/jobs/documents/run')
    const run = await ended()
    expect(run.error).toBeNull()
    expect(warningsOf(run)).toEqual([])
    expect(run).toMatchObject({ outcome: 'success', disk: { label: 'Monday', safeToRemove: true } })
    await expectFree()
    await until('the list says so too', async () =>
      /Monday .*safe to remove/.test(await debian.run('holdfast', 'disk', 'list')),
    )
    await expectSound(await newestPoint())
  })

  test('plugged in again, the watch of the worker starts the job', async () => {
    await disk.unplug()
    await until('its absence is noticed', async () =>
      (await api.get<BayDisk[]>('/api/bay')).every((each) => each.uuid !== uuid),
    )
    await disk.plugIn()
    await until('a run is there', async () => (await runs()).length === 2)
    const run = await ended()
    expect(run).toMatchObject({ trigger: 'device', startedBy: null, outcome: 'success' })
    expect(run.disk).toMatchObject({ safeToRemove: true })
    await expectFree()
  })

  test('a worker killed in the middle is back, and the copy ends well', async () => {
    const id = await startLarge()
    await debian.run('systemctl', 'kill', '--kill-who=main', '--signal=KILL', 'holdfast-worker')
    await expectRecovered(id)
    expect(await debian.unit('holdfast-worker')).toMatchObject({ ActiveState: 'active', NRestarts: '1' })
    await expectFree()
    await expectSound(await newestPoint())
  })

  test('after a power cut in the middle, the copy goes on when the machine is back', async () => {
    await put(debian, 'etc/udev/rules.d/80-holdfast-bay.rules', 'KERNEL=="loop*", ENV{HOLDFAST_BAY}="1"\n')
    const id = await startLarge()
    const count = (await runs()).length
    const asItWas = join(folder, 'disk.img')
    await debian.cutPower(async () => copyFileSync(disk.image, asItWas))
    // What ends here would unmount the disk in order; on a real one nothing more is written.
    await disk.unplug()
    expect(host('dumpe2fs', '-h', asItWas)).toContain('needs_recovery')
    copyFileSync(asItWas, disk.image)
    await disk.plugIn()
    await debian.boot()
    await debian.hearOfDisks()
    await untilReady()
    await expectRecovered(id)
    // Found in the bay at the start, the disk has its service; of one job there is one run all the same.
    await until('the service is done', async () => (await serviceOf(disk.device)).ActiveState === 'active')
    expect(await runs()).toHaveLength(count + 1)
    expect(await debian.run('stat', '-c', '%U:%G %a', '/run/holdfast', '/run/holdfast/mounts')).toBe(
      'root:root 755\nroot:root 700\n',
    )
    await expectFree()
    await expectSound(await newestPoint())
  })

  test('within the bounds of the unit, LUKS and SMART have what they need', async () => {
    await using other = await BareDisk.create({ sizeMb: 48 })
    const { output } = await asRootOfWorker(
      debian,
      `sed -n 's/CapEff:\\t//p' /proc/self/status
      printf secret | cryptsetup luksFormat --batch-mode --type luks2 --iter-time 100 --key-file=- ${other.device}
      printf secret | cryptsetup open --test-passphrase --key-file=- ${other.device} && echo opened`,
    )
    const [effective = '', ...said] = output.trim().split('\n')
    // On top of what the worker has: setgid, setuid, ipc_lock, sys_rawio, sys_admin, audit_write
    expect(bitsOf(effective)).toEqual([0, 1, 2, 3, 4, 6, 7, 14, 17, 21, 27, 29, 31])
    expect(said).toEqual(['opened'])
    const locked = `UUID=${uuidOf(other.device)}`
    const open = `cryptsetup open --type luks --key-file=- ${locked} holdfast-probe`
    const unlocked = await asWorker(
      debian,
      `printf secret | sudo -n /usr/sbin/${open} || echo "code $?"
      sudo -n /usr/sbin/cryptsetup close holdfast-probe || true
      sudo -n /usr/sbin/smartctl -j -H -A ${disk.device} || echo "code $?"`,
    )
    // This kernel may have no device mapper, and a file has no SMART values: that it is they who say so is what counts.
    expect(unlocked.output).not.toMatch(/sudo:|does not exist|No key available/)
    expect(unlocked.output).toMatch(/"smartctl"[\s\S]*"exit_status"/)
  })

  test('without a worker the job is started by udev and systemd, once for each time', async () => {
    await debian.run('systemctl', 'stop', 'holdfast-worker')
    const before = await runs()
    const last = disk.device
    await disk.unplug()
    await until(
      'the service ended with the disk',
      async () => (await serviceOf(last)).ActiveState === 'inactive',
    )
    await disk.plugIn()
    const { device } = disk
    await until('the service is done', async () => (await serviceOf(device)).ActiveState === 'active')
    await debian.run('udevadm', 'trigger', '--action=change', '--settle', device)
    const [newest, ...others] = await runs()
    expect(newest).toMatchObject({ trigger: 'device', startedBy: null, status: 'queued' })
    expect(others).toHaveLength(before.length)
    expect((await saidByService(device)).match(/documents was started/g)).toHaveLength(1)
  })

  test('a disk that belongs to no disk set fails nothing', async () => {
    await using other = await BareDisk.create({ type: 'ext4' })
    await until('the service is done', async () => (await serviceOf(other.device)).ActiveState === 'active')
    expect(await saidByService(other.device)).toContain('belongs to no disk set')
    expect(await debian.run('systemctl', 'list-units', '--failed', '--no-legend', 'holdfast*')).toBe('')
  })
})
