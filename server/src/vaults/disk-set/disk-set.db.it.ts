import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { phraseText } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requires } from '../../../../tools/lab/requires.ts'
import { MOUNTS } from '../../clients/block-devices/machine/as-root.ts'
import { anna, DiskSetLab } from './testkit/disk-set-lab.ts'

/** Retention comes after the check, and the check reads from a disk that was mounted anew. */
const AROUND_THE_COPY = [
  'find-disk',
  'check-disk',
  'mount-disk',
  'plan',
  'copy',
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
  'check-disk-again',
]

let lab: DiskSetLab

beforeEach(async () => {
  lab = await DiskSetLab.open()
})

afterEach(async () => {
  await lab[Symbol.asyncDispose]()
})

describe.skipIf(requires('rsync', 'root', 'loop', 'ext4 mount', 'xfs mount', 'btrfs mount'))(
  'a disk set',
  () => {
    test.each(['ext4', 'xfs', 'btrfs'] as const)(
      'is copied to, proved and safe to remove on %s',
      async (type) => {
        const disk = await lab.plugIn(type)
        await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
        await lab.engine.startWorker()
        const run = await lab.run()
        expect(run.error).toBeNull()
        expect(run).toMatchObject({
          outcome: 'success',
          disk: { uuid: disk.uuid, label: 'Monday', safeToRemove: true },
        })
        const steps = (await lab.engine.control.listSteps(run.id)).map((step) => step.name)
        // Between these the driver has steps of its own.
        expect(steps.filter((name) => AROUND_THE_COPY.includes(name))).toEqual(AROUND_THE_COPY)
        await lab.expectNothingLeft()
        const { items } = await lab.engine.control.listPoints({ job: 'files' })
        expect(items).toMatchObject([{ disk: { uuid: disk.uuid, label: 'Monday' }, verifiedOk: true }])
        await disk.mountAgain()
        const data = join(disk.path, 'holdfast', items[0]?.location ?? '', 'data', 'letter')
        expect(await readFile(data, 'utf8')).toBe('dear reader\n')
        expect((await readdir(disk.path)).filter((name) => name !== 'lost+found')).toEqual(['holdfast'])
        await disk.unmount()
      },
    )

    test('each disk keeps its own restore points, and those in the safe are not missing', async () => {
      const monday = await lab.plugIn()
      const uuids = [monday.uuid, '11111111-2222-3333-4444-555555555555']
      await lab.configure([
        { uuid: uuids[1] ?? '', label: 'Tuesday' },
        { uuid: monday.uuid, label: 'Monday' },
      ])
      await lab.engine.startWorker()
      for (let time = 0; time < 3; time += 1) {
        await writeFile(join(lab.source, 'letter'), `letter ${time}`)
        const run = await lab.run()
        expect(run).toMatchObject({ outcome: 'success', disk: { label: 'Monday' } })
      }
      expect((await lab.engine.control.listPoints({ job: 'files' })).items).toHaveLength(2)
      await lab.takeAway(monday)
      const tuesday = await lab.plugIn()
      execFileSync('tune2fs', ['-U', uuids[1] ?? '', tuesday.device], { stdio: 'ignore' })
      const run = await lab.run()
      expect(run).toMatchObject({ outcome: 'success', disk: { label: 'Tuesday', safeToRemove: true } })
      expect(run.report?.warnings).toEqual([])
      const { items } = await lab.engine.control.listPoints({ job: 'files' })
      expect(items.map((point) => point.disk?.label).sort()).toEqual(['Monday', 'Monday', 'Tuesday'])
      const away = items.find((point) => point.disk?.label === 'Monday')
      const restored = await lab.engine.control.startRestore(
        { restorePointId: away?.id ?? '', target: join(lab.directory, 'back') },
        anna,
      )
      expect(await lab.engine.finished(restored.id)).toMatchObject({
        outcome: 'failed',
        error: { code: 'disk-absent', hint: expect.stringContaining('Monday') },
      })
      const here = items.find((point) => point.disk?.label === 'Tuesday')
      const good = await lab.engine.control.startRestore(
        { restorePointId: here?.id ?? '', target: join(lab.directory, 'back') },
        anna,
      )
      expect(await lab.engine.finished(good.id)).toMatchObject({
        outcome: 'success',
        disk: { safeToRemove: true },
      })
      expect(await readFile(join(lab.directory, 'back', 'letter'), 'utf8')).toBe('letter 2')
      await lab.expectNothingLeft()
    })

    test('a disk that is plugged in is the one that is copied to, whichever else is in the bay', async () => {
      const monday = await lab.plugIn()
      const tuesday = await lab.plugIn()
      await lab.configure([
        { uuid: monday.uuid, label: 'Monday' },
        { uuid: tuesday.uuid, label: 'Tuesday' },
      ])
      await lab.engine.startWorker()
      const [run] = await lab.engine.control.startByDisk(tuesday.uuid, anna)
      expect(await lab.engine.finished(run?.id ?? '')).toMatchObject({
        outcome: 'success',
        disk: { label: 'Tuesday', safeToRemove: true },
      })
    })

    test('a run without a disk in the bay is skipped and says which disks it could use', async () => {
      await lab.configure([{ uuid: '11111111-2222-3333-4444-555555555555', label: 'Tuesday' }])
      await lab.engine.startWorker()
      const run = await lab.run()
      expect(run).toMatchObject({
        outcome: 'skipped',
        error: { code: 'disk-absent', hint: expect.stringContaining('Tuesday') },
      })
      await lab.expectNothingLeft()
    })

    test('a disk that holds other files keeps them, and a lock file that was left is a warning', async () => {
      const disk = await lab.plugIn()
      await disk.mountAgain()
      await writeFile(join(disk.path, 'photo.jpg'), 'mine')
      await writeFile(join(disk.path, 'holdfast-disk.lock'), '')
      await disk.unmount()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      const run = await lab.run()
      expect(run.outcome).toBe('warning')
      expect(run.report?.warnings.map(phraseText)).toEqual([expect.stringContaining('a lock file was left')])
      await disk.mountAgain()
      expect(await readFile(join(disk.path, 'photo.jpg'), 'utf8')).toBe('mine')
      expect(await readdir(disk.path)).not.toContain('holdfast-disk.lock')
      await disk.unmount()
    })

    test('less free space than wanted is a warning', async () => {
      const disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      const [vault] = (await lab.engine.control.exportConfig()).vaults
      await lab.engine.apply({ vaults: [{ ...vault, warnFree: '100GiB' }] })
      await lab.engine.startWorker()
      const run = await lab.run()
      expect(run.outcome).toBe('warning')
      expect(run.report?.warnings.map(phraseText)).toEqual([expect.stringContaining('are left on the vault')])
    })

    test('a lock file that somebody removes meanwhile is a warning', async () => {
      const disk = await lab.plugIn()
      for (let number = 0; number < 20; number += 1)
        await writeFile(join(lab.source, `file-${number}`), randomBytes(1024 * 1024))
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }], {
        config: { source: lab.source, bandwidthLimit: '20MiB' },
      })
      await lab.engine.startWorker()
      const { id } = await lab.start()
      await lab.engine.until(id, (run) => run.progress?.step === 'copy')
      await rm(join(await lab.mountPointOf(disk), 'holdfast-disk.lock'))
      const run = await lab.engine.finished(id)
      expect(run).toMatchObject({ outcome: 'warning', disk: { safeToRemove: true } })
      expect(run.report?.warnings.map(phraseText)).toEqual([expect.stringContaining('removed by somebody')])
    })

    test('a held run leaves the disk unmounted, and goes on when it is approved', async () => {
      const disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      await lab.run()
      await rm(join(lab.source, 'letter'))
      const { id } = await lab.engine.control.startJob('files', anna)
      const held = await lab.engine.until(id, (run) => run.status === 'held')
      expect(held.disk).toMatchObject({ safeToRemove: true })
      await lab.expectNothingLeft()
      await lab.engine.control.approveRun(id, anna)
      expect(await lab.engine.finished(id)).toMatchObject({ disk: { safeToRemove: true } })
    })

    test('what was approved for one disk is not done on another', async () => {
      const monday = await lab.plugIn()
      const tuesday = await lab.plugIn()
      const set = [
        { uuid: monday.uuid, label: 'Monday' },
        { uuid: tuesday.uuid, label: 'Tuesday' },
      ]
      await lab.configure(set)
      await lab.engine.startWorker()
      await lab.run()
      await rm(join(lab.source, 'letter'))
      const { id } = await lab.start()
      await lab.engine.until(id, (run) => run.status === 'held')
      await lab.takeAway(monday)
      await lab.engine.control.approveRun(id, anna)
      expect(await lab.engine.finished(id)).toMatchObject({
        outcome: 'skipped',
        error: { code: 'disk-absent', hint: expect.stringContaining('Monday') },
      })
    })

    test('a link in the place of its folder leads nothing elsewhere', async () => {
      const disk = await lab.plugIn()
      const elsewhere = join(lab.directory, 'elsewhere')
      await mkdir(elsewhere)
      await disk.mountAgain()
      await symlink(elsewhere, join(disk.path, 'holdfast'))
      await disk.unmount()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      expect(await lab.run()).toMatchObject({ outcome: 'failed', error: { code: 'vault-foreign' } })
      expect(await readdir(elsewhere)).toEqual([])
      await lab.expectNothingLeft()
    })

    test.each(['fifo', 'link'])('a lock file that is a %s is refused at once', async (kind) => {
      const disk = await lab.plugIn()
      const victim = join(lab.directory, 'victim')
      await writeFile(victim, 'precious')
      await disk.mountAgain()
      const lockFile = join(disk.path, 'holdfast-disk.lock')
      if (kind === 'link') await symlink(victim, lockFile)
      else execFileSync('mkfifo', [lockFile])
      await disk.unmount()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      expect(await lab.run()).toMatchObject({ outcome: 'failed', error: { code: 'vault-foreign' } })
      expect(await readFile(victim, 'utf8')).toBe('precious')
      await lab.expectNothingLeft()
    })

    test('a disk that should be encrypted and is not gets nothing', async () => {
      const disk = await lab.plugIn()
      const passphrase = { env: 'HOLDFAST_SECRET_DISK' }
      await lab.configure([{ uuid: disk.uuid, label: 'Monday', passphrase }])
      await lab.engine.startWorker()
      expect(await lab.run()).toMatchObject({ outcome: 'failed', error: { code: 'disk-unlock-failed' } })
      await lab.expectNothingLeft()
    })

    test('another disk with the UUID of a known one gets nothing, and the points of the known one stay', async () => {
      const disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      await lab.run()
      await lab.takeAway(disk)
      const impostor = await lab.plugIn('ext4', { uuid: disk.uuid })
      expect(impostor.uuid).toBe(disk.uuid)
      expect(await lab.run()).toMatchObject({ outcome: 'failed', error: { code: 'vault-absent' } })
      expect((await lab.engine.control.listPoints({ job: 'files' })).items).toHaveLength(1)
    })

    test('who reads the catalog anew meanwhile leaves the disk to the run that has it', async () => {
      const disk = await lab.plugIn()
      for (let number = 0; number < 20; number += 1)
        await writeFile(join(lab.source, `file-${number}`), randomBytes(1024 * 1024))
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }], {
        config: { source: lab.source, bandwidthLimit: '20MiB' },
      })
      await lab.engine.startWorker()
      const { id } = await lab.start()
      await lab.engine.until(id, ({ disk }) => disk !== null)
      let isOver = false
      const reading = (async () => {
        for (; !isOver; await sleep(300))
          await lab.engine.control.reindex({ paths: [], dryRun: true, by: 'test' })
      })()
      try {
        expect(await lab.engine.finished(id)).toMatchObject({ outcome: 'success' })
      } finally {
        isOver = true
        await reading
      }
      await lab.expectNothingLeft()
    })

    test('a plan mounts the disk for reading and leaves nothing', async () => {
      const disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      expect((await lab.engine.control.previewPlan('files')).guards).toEqual([])
      await lab.expectNothingLeft()
      await disk.mountAgain()
      expect((await readdir(disk.path)).filter((name) => name !== 'lost+found')).toEqual([])
      await disk.unmount()
    })

    test('a mark set while the disk is in the safe is written when it is back', async () => {
      const disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      await lab.run()
      const [point] = (await lab.engine.control.listPoints({ job: 'files' })).items
      await lab.engine.control.protectPoint(point?.id ?? '', true, anna)
      await lab.run()
      await disk.mountAgain()
      const marks = join(disk.path, 'holdfast', point?.location ?? '', 'marks.json')
      expect(JSON.parse(await readFile(marks, 'utf8'))).toMatchObject({ protected: true, verifiedOk: true })
      await disk.unmount()
    })

    test('what only the disk knows of protection holds against an older database, until somebody takes it back', async () => {
      const disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      await lab.run()
      const { control, test } = lab.engine
      const [point] = (await control.listPoints({ job: 'files' })).items
      const id = point?.id ?? ''
      await control.protectPoint(id, true, anna)
      await lab.run()
      await test.database.db.updateTable('restore_points').set({ protected: false }).execute()
      await lab.run()
      expect(await control.getPoint(id)).toMatchObject({ protected: true })
      await control.protectPoint(id, false, anna)
      await lab.run()
      expect((await control.listPoints({ job: 'files' })).items.some((found) => found.protected)).toBe(false)
    })

    test('restore points that somebody copied from another disk stay those of that disk', async () => {
      const monday = await lab.plugIn()
      const tuesday = await lab.plugIn()
      await lab.configure([
        { uuid: monday.uuid, label: 'Monday' },
        { uuid: tuesday.uuid, label: 'Tuesday' },
      ])
      await lab.engine.startWorker()
      await lab.run()
      await monday.mountAgain()
      await tuesday.mountAgain()
      execFileSync('cp', ['-a', join(monday.path, 'holdfast'), tuesday.path])
      await monday.unmount()
      await tuesday.unmount()
      await lab.takeAway(monday)
      expect(await lab.run()).toMatchObject({ outcome: 'success', disk: { label: 'Tuesday' } })
      const { items } = await lab.engine.control.listPoints({ job: 'files' })
      expect(items.map((point) => point.disk?.label).sort()).toEqual(['Monday', 'Tuesday'])
    })

    test('a mount that a dead process left is taken away first', async () => {
      const disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      const left = `${MOUNTS}/${disk.uuid}-0badcafe`
      await mkdir(left, { recursive: true })
      execFileSync('mount', [disk.device, left])
      await lab.engine.startWorker()
      const run = await lab.run()
      expect(run).toMatchObject({ outcome: 'success', disk: { safeToRemove: true } })
      await lab.expectNothingLeft()
    })
  },
)
