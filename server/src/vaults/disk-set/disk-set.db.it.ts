import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { phraseText } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LoopDisk } from '../../../../tools/lab/loop-disk.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { diskCopy } from '../../drivers/disk-copy/index.ts'
import { type EngineLab, openEngineLab } from '../../engine/testkit/engine-lab.ts'
import { mounts } from '../../kit/mounts.ts'
import { mountPointOf } from './disk-mount.ts'

const anna = { by: 'user:anna' }

let lab: EngineLab
let directory: string
const disks: LoopDisk[] = []

async function plugIn(type: 'ext4' | 'xfs' | 'btrfs' = 'ext4'): Promise<LoopDisk & { uuid: string }> {
  const disk = await LoopDisk.mount({ type })
  await disk.unmount()
  disks.push(disk)
  return Object.assign(disk, { uuid: uuidOf(disk.device) })
}

function uuidOf(device: string): string {
  return execFileSync('blkid', ['-p', '-s', 'UUID', '-o', 'value', device], { encoding: 'utf8' }).trim()
}

async function configure(set: { uuid: string; label: string }[], job: object = {}): Promise<void> {
  await lab.apply({
    vaults: [{ name: 'rotating', kind: 'disk-set', disks: set, minFree: '1MiB', rotation: '14d' }],
    policies: [{ name: 'two', retention: { keepLast: 2 }, verification: { afterRun: 'full' } }],
    jobs: [
      {
        name: 'files',
        kind: 'disk-copy',
        vault: 'rotating',
        policy: 'two',
        config: { source: join(directory, 'source') },
        ...job,
      },
    ],
  })
}

async function expectNothingLeft(): Promise<void> {
  expect((await mounts()).filter(({ mountPoint }) => mountPoint.startsWith('/run/holdfast/mounts/'))).toEqual(
    [],
  )
  expect(await lab.deps.store.journal.orphans()).toEqual([])
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-set-'))
  await mkdir(join(directory, 'source'))
  await writeFile(join(directory, 'source', 'letter'), 'dear reader\n')
  lab = await openEngineLab([diskCopy])
})

afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  for (const disk of disks.splice(0)) await disk[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

describe.skipIf(requires('rsync', 'root', 'loop', 'ext4 mount', 'xfs mount', 'btrfs mount'))(
  'a disk set',
  () => {
    test.each(['ext4', 'xfs', 'btrfs'] as const)(
      'is copied to, proved and safe to remove on %s',
      async (type) => {
        const disk = await plugIn(type)
        await configure([{ uuid: disk.uuid, label: 'Monday' }])
        await lab.startWorker()
        const run = await lab.finished((await lab.control.startJob('files', anna)).id)
        expect(run.error).toBeNull()
        expect(run).toMatchObject({
          outcome: 'success',
          disk: { uuid: disk.uuid, label: 'Monday', safeToRemove: true },
        })
        const steps = (await lab.control.listSteps(run.id)).map((step) => step.name)
        expect(steps).toEqual([
          'wait-for-others',
          'find-disk',
          'check-disk',
          'mount-disk',
          'plan',
          'check-source-and-vault',
          'lock-job',
          'finish-earlier-runs',
          'check-free-space',
          'copy',
          'write-to-disk',
          'list-and-hash',
          'commit',
          'flush-disk',
          'unmount-disk',
          'mount-read-only',
          'verify',
          'unmount-disk',
          'mount-again',
          'prune',
          'flush-disk',
          'unmount-disk',
          'read-back',
        ])
        await expectNothingLeft()
        const { items } = await lab.control.listPoints({ job: 'files' })
        expect(items).toMatchObject([{ disk: { uuid: disk.uuid, label: 'Monday' }, verifiedOk: true }])
        await disk.mountAgain()
        const data = join(disk.path, 'holdfast', items[0]?.location ?? '', 'data', 'letter')
        expect(await readFile(data, 'utf8')).toBe('dear reader\n')
        expect((await readdir(disk.path)).filter((name) => name !== 'lost+found')).toEqual(['holdfast'])
        await disk.unmount()
      },
    )

    test('each disk keeps its own restore points, and those in the safe are not missing', async () => {
      const monday = await plugIn()
      const uuids = [monday.uuid, '11111111-2222-3333-4444-555555555555']
      await configure([
        { uuid: uuids[1] ?? '', label: 'Tuesday' },
        { uuid: monday.uuid, label: 'Monday' },
      ])
      await lab.startWorker()
      for (let time = 0; time < 3; time += 1) {
        await writeFile(join(directory, 'source', 'letter'), `letter ${time}`)
        const run = await lab.finished((await lab.control.startJob('files', anna)).id)
        expect(run).toMatchObject({ outcome: 'success', disk: { label: 'Monday' } })
      }
      expect((await lab.control.listPoints({ job: 'files' })).items).toHaveLength(2)
      await takeAway(monday)
      const tuesday = await plugIn()
      execFileSync('tune2fs', ['-U', uuids[1] ?? '', tuesday.device], { stdio: 'ignore' })
      const run = await lab.finished((await lab.control.startJob('files', anna)).id)
      expect(run).toMatchObject({ outcome: 'success', disk: { label: 'Tuesday', safeToRemove: true } })
      expect(run.report?.warnings).toEqual([])
      const { items } = await lab.control.listPoints({ job: 'files' })
      expect(items.map((point) => point.disk?.label).sort()).toEqual(['Monday', 'Monday', 'Tuesday'])
      const away = items.find((point) => point.disk?.label === 'Monday')
      const restored = await lab.control.startRestore(
        { restorePointId: away?.id ?? '', target: join(directory, 'back') },
        anna,
      )
      expect(await lab.finished(restored.id)).toMatchObject({
        outcome: 'failed',
        error: { code: 'disk-absent', hint: expect.stringContaining('Monday') },
      })
      const here = items.find((point) => point.disk?.label === 'Tuesday')
      const good = await lab.control.startRestore(
        { restorePointId: here?.id ?? '', target: join(directory, 'back') },
        anna,
      )
      expect(await lab.finished(good.id)).toMatchObject({ outcome: 'success', disk: { safeToRemove: true } })
      expect(await readFile(join(directory, 'back', 'letter'), 'utf8')).toBe('letter 2')
      await expectNothingLeft()
    })

    test('a run without a disk in the bay is skipped and says which disks it could use', async () => {
      await configure([{ uuid: '11111111-2222-3333-4444-555555555555', label: 'Tuesday' }])
      await lab.startWorker()
      const run = await lab.finished((await lab.control.startJob('files', anna)).id)
      expect(run).toMatchObject({
        outcome: 'skipped',
        error: { code: 'disk-absent', hint: expect.stringContaining('Tuesday') },
      })
      await expectNothingLeft()
    })

    test('a disk that holds other files keeps them, and a lock file that was left is a warning', async () => {
      const disk = await plugIn()
      await disk.mountAgain()
      await writeFile(join(disk.path, 'photo.jpg'), 'mine')
      await writeFile(join(disk.path, 'holdfast-disk.lock'), '')
      await disk.unmount()
      await configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.startWorker()
      const run = await lab.finished((await lab.control.startJob('files', anna)).id)
      expect(run.outcome).toBe('warning')
      expect(run.report?.warnings.map(phraseText)).toEqual([expect.stringContaining('a lock file was left')])
      await disk.mountAgain()
      expect(await readFile(join(disk.path, 'photo.jpg'), 'utf8')).toBe('mine')
      expect(await readdir(disk.path)).not.toContain('holdfast-disk.lock')
      await disk.unmount()
    })

    test('a held run leaves the disk unmounted, and goes on when it is approved', async () => {
      const disk = await plugIn()
      await configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.startWorker()
      await lab.finished((await lab.control.startJob('files', anna)).id)
      await rm(join(directory, 'source', 'letter'))
      const { id } = await lab.control.startJob('files', anna)
      const held = await lab.until(id, (run) => run.status === 'held')
      expect(held.disk).toMatchObject({ safeToRemove: true })
      await expectNothingLeft()
      await lab.control.approveRun(id, anna)
      expect(await lab.finished(id)).toMatchObject({ disk: { safeToRemove: true } })
    })

    test('a plan mounts the disk for reading and leaves nothing', async () => {
      const disk = await plugIn()
      await configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.startWorker()
      expect((await lab.control.previewPlan('files')).guards).toEqual([])
      await expectNothingLeft()
      await disk.mountAgain()
      expect((await readdir(disk.path)).filter((name) => name !== 'lost+found')).toEqual([])
      await disk.unmount()
    })

    test('a mark set while the disk is in the safe is written when it is back', async () => {
      const disk = await plugIn()
      await configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.startWorker()
      await lab.finished((await lab.control.startJob('files', anna)).id)
      const [point] = (await lab.control.listPoints({ job: 'files' })).items
      await lab.control.protectPoint(point?.id ?? '', true, anna)
      await lab.finished((await lab.control.startJob('files', anna)).id)
      await disk.mountAgain()
      const marks = join(disk.path, 'holdfast', point?.location ?? '', 'marks.json')
      expect(JSON.parse(await readFile(marks, 'utf8'))).toMatchObject({ protected: true, verifiedOk: true })
      await disk.unmount()
    })

    test('a mount that a dead process left is taken away first', async () => {
      const disk = await plugIn()
      await configure([{ uuid: disk.uuid, label: 'Monday' }])
      const left = mountPointOf(disk.uuid)
      await mkdir(left, { recursive: true })
      execFileSync('mount', [disk.device, left])
      await lab.startWorker()
      const run = await lab.finished((await lab.control.startJob('files', anna)).id)
      expect(run).toMatchObject({ outcome: 'success', disk: { safeToRemove: true } })
      await expectNothingLeft()
    })
  },
)

/** Out of the bay, image and all. */
async function takeAway(disk: LoopDisk): Promise<void> {
  disks.splice(disks.indexOf(disk), 1)
  await disk[Symbol.asyncDispose]()
}
