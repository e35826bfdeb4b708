import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { open, readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { requires } from '../../../../tools/lab/requires.ts'
import { MOUNTS } from '../../clients/block-devices/machine/as-root.ts'
import { openHere } from '../../engine/run/open-vault.ts'
import { SILENT_LOG } from '../../engine/server-log.ts'
import { mounts } from '../../kit/mounts.ts'
import { anna, DiskSetLab, type TestDisk } from './testkit/disk-set-lab.ts'

let lab: DiskSetLab
let disk: TestDisk

beforeEach(async () => {
  lab = await DiskSetLab.open()
})

afterEach(async () => {
  await lab[Symbol.asyncDispose]()
})

/** Enough to be caught in the middle. */
async function fillSource(megabytes: number): Promise<void> {
  for (let number = 0; number < megabytes; number += 1)
    await writeFile(join(lab.source, `file-${number}`), randomBytes(1024 * 1024))
}

async function inStep(runId: string, name: string): Promise<void> {
  await lab.engine.until(runId, (run) => run.progress?.step === name || run.status === 'finished')
}

/** What a pulled cable is to the kernel as far as a loop device can be: from one moment to the next it has no size. */
async function pull({ device }: TestDisk): Promise<void> {
  const image = execFileSync('losetup', ['--noheadings', '--output', 'BACK-FILE', device], {
    encoding: 'utf8',
  })
  await truncate(image.trim(), 0)
  execFileSync('losetup', ['--set-capacity', device])
}

/** Every restore point that is listed is whole, checked file by file. */
async function expectSound(): Promise<void> {
  const { control } = lab.engine
  const { items } = await control.listPoints({ job: 'files' })
  if (items.length === 0) return
  for (const run of await control.startVerify(
    items.map(({ id }) => id),
    'full',
    anna,
  ))
    expect(await lab.engine.finished(run.id)).toMatchObject({ outcome: 'success' })
}

describe.skipIf(requires('rsync', 'root', 'loop', 'ext4 mount', 'xfs mount'))(
  'what goes wrong with a disk',
  () => {
    test('pulled in the middle of the copy, the run ends within seconds and says so', async () => {
      await fillSource(150)
      disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }], {
        config: { source: lab.source, bandwidthLimit: '20MiB' },
      })
      await lab.engine.startWorker()
      const { id } = await lab.start()
      await inStep(id, 'copy')
      await sleep(500)
      await pull(disk)
      const pulledAt = performance.now()
      const run = await lab.engine.finished(id)
      expect(run).toMatchObject({ outcome: 'failed', error: { code: 'disk-removed' } })
      expect(run.disk).toMatchObject({ label: 'Monday', safeToRemove: false })
      expect(run.error?.message).toContain('Monday')
      // Noticing takes a second; the rest is rsync, stuck in a dying disk, being ended.
      expect(performance.now() - pulledAt).toBeLessThan(20_000)
      await lab.engine.until(id, () => true)
      await expectUnmounted()
      expect((await lab.engine.control.listPoints({ job: 'files' })).items).toEqual([])
    })

    test('a write-protected disk is refused before anything is copied', async () => {
      disk = await lab.plugIn()
      execFileSync('blockdev', ['--setro', disk.device])
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      expect(await lab.run()).toMatchObject({ outcome: 'failed', error: { code: 'disk-read-only' } })
      execFileSync('blockdev', ['--setrw', disk.device])
      await lab.expectNothingLeft()
    })

    test('a copy that cannot fit is refused before it begins, and the disk keeps what it had', async () => {
      disk = await lab.plugIn('ext4', { sizeMb: 64 })
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      expect(await lab.run()).toMatchObject({ outcome: 'success' })
      await fillSource(80)
      expect(await lab.run()).toMatchObject({
        outcome: 'failed',
        error: { code: 'vault-full' },
        disk: { safeToRemove: true },
      })
      await expectSound()
      await lab.expectNothingLeft()
    })

    test('a disk that loses data at write-back gives no good restore point', async () => {
      await fillSource(60)
      disk = await lab.plugIn('ext4', { sizeMb: 128, backingMb: 40 })
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      const run = await lab.run()
      expect(run.outcome).toBe('failed')
      expect(['write-failed', 'vault-full', 'disk-failing', 'disk-mount-failed']).toContain(run.error?.code)
      expect(
        (await lab.engine.control.listPoints({ job: 'files' })).items.filter((point) => point.verifiedOk),
      ).toEqual([])
      await expectUnmounted()
    })

    test.each(['ext4', 'xfs'] as const)(
      'a file system that is shut down in the middle (%s) ends the run',
      async (type) => {
        await fillSource(100)
        disk = await lab.plugIn(type)
        await lab.configure([{ uuid: disk.uuid, label: 'Monday' }], {
          config: { source: lab.source, bandwidthLimit: '20MiB' },
        })
        await lab.engine.startWorker()
        const { id } = await lab.start()
        await inStep(id, 'copy')
        await sleep(300)
        execFileSync('xfs_io', ['-x', '-c', 'shutdown', await lab.mountPointOf(disk)])
        const run = await lab.engine.finished(id)
        expect(run.outcome).toBe('failed')
        expect(run.error?.code).toBe('write-failed')
        await expectUnmounted()
        // The same disk, mounted anew, is as good as it was.
        const again = await lab.run()
        expect(['success', 'warning']).toContain(again.outcome)
        await expectSound()
      },
    )

    test('a disk that fails once the copy is made is told as what it is, at every way to leave it', async () => {
      disk = await lab.plugIn('xfs')
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      const { deps } = lab.engine
      const vault = await deps.store.objects.vault('rotating')
      if (!vault) throw new Error('the lab has a vault')
      const open = openHere(deps, { signal: new AbortController().signal, log: SILENT_LOG })
      const need = { access: 'read-write' as const, disk: null, knownPoints: () => 0 }
      for (const leave of ['claim', 'settle', 'close'] as const) {
        await using opened = await open(vault, need)
        if (leave !== 'claim') await opened.claim()
        execFileSync('xfs_io', ['-x', '-c', 'shutdown', await lab.mountPointOf(disk)])
        const work = leave === 'settle' ? opened.settle('read-only') : opened[leave]()
        await expect(work, leave).rejects.toMatchObject({ code: 'write-failed' })
      }
      await expectUnmounted()
    })

    test('a check that goes over two disks leaves both of them safe to remove', async () => {
      disk = await lab.plugIn()
      const other = await lab.plugIn()
      await lab.configure([
        { uuid: disk.uuid, label: 'Monday' },
        { uuid: other.uuid, label: 'Tuesday' },
      ])
      await lab.engine.startWorker()
      const { control, deps } = lab.engine
      for (const { uuid } of [disk, other])
        for (const run of await control.startByDisk(uuid, anna)) await lab.engine.finished(run.id)
      const { items } = await control.listPoints({ job: 'files' })
      expect(items).toHaveLength(2)
      const ids = items.map(({ id }) => id)
      for (const run of await control.startVerify(ids, 'full', anna))
        expect(await lab.engine.finished(run.id)).toMatchObject({ outcome: 'success' })
      const rows = await deps.store.disks.known(items[0]?.vaultId ?? '', [disk.uuid, other.uuid], {
        nodeIds: null,
      })
      expect(rows.map(({ safeAt }) => safeAt !== null)).toEqual([true, true])
    })

    test('a program that uses the disk is named, and the disk is not called safe to remove', async () => {
      await fillSource(20)
      disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }], {
        config: { source: lab.source, bandwidthLimit: '20MiB' },
      })
      await lab.engine.startWorker()
      const { id } = await lab.start()
      await inStep(id, 'copy')
      const intruder = spawn('sleep', ['60'], { cwd: await lab.mountPointOf(disk), stdio: 'ignore' })
      try {
        const run = await lab.engine.finished(id)
        expect(run).toMatchObject({
          outcome: 'failed',
          error: { code: 'disk-busy', message: expect.stringContaining('sleep') },
          disk: { safeToRemove: false },
        })
      } finally {
        intruder.kill('SIGKILL')
      }
      // Workers try again every few seconds.
      await expectUnmounted()
      expect(await lab.run()).toMatchObject({ outcome: 'success', disk: { safeToRemove: true } })
    })

    test('a second job waits until the disk is free', async () => {
      await fillSource(10)
      disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.apply({
        jobs: [{ name: 'more', kind: 'disk-copy', vault: 'rotating', config: { source: lab.source } }],
      })
      await lab.engine.startWorker()
      const first = await lab.start()
      const second = await lab.engine.control.startJob('more', anna)
      const ended = [await lab.engine.finished(first.id), await lab.engine.finished(second.id)]
      expect(ended.map((run) => run.outcome)).toEqual(['success', 'success'])
      const [a, b] = ended.map((run) => ({
        from: Date.parse(run.startedAt ?? ''),
        to: Date.parse(run.finishedAt ?? ''),
      }))
      expect(a && b && (a.to <= b.from || b.to <= a.from)).toBe(true)
      await lab.expectNothingLeft()
    })

    test('a clone with the same UUID is refused', async () => {
      disk = await lab.plugIn()
      const clone = await lab.plugIn()
      execFileSync('dd', [`if=${disk.device}`, `of=${clone.device}`, 'bs=1M', 'status=none', 'conv=fsync'])
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      const run = await lab.run()
      expect(run).toMatchObject({ outcome: 'failed', error: { code: 'disk-ambiguous' } })
      expect(run.error?.message).toContain(clone.device)
      await lab.expectNothingLeft()
    })

    test('a flipped byte on the disk is found by the check after it', async () => {
      await writeFile(join(lab.source, 'ledger'), Buffer.alloc(1024 * 1024, 'entry of the ledger '))
      disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      await lab.engine.startWorker()
      expect(await lab.run()).toMatchObject({ outcome: 'success' })
      await flipByte(disk.device, 'entry of the ledger ')
      const [point] = (await lab.engine.control.listPoints({ job: 'files' })).items
      const [check] = await lab.engine.control.startVerify([point?.id ?? ''], 'full', anna)
      expect(await lab.engine.finished(check?.id ?? '')).toMatchObject({
        outcome: 'failed',
        error: { code: 'restore-point-damaged' },
      })
      await lab.expectNothingLeft()
    })

    test('killed with -9 at every step, the next run finds the disk as if nothing had happened', {
      timeout: 600_000,
    }, async () => {
      disk = await lab.plugIn()
      await lab.configure([{ uuid: disk.uuid, label: 'Monday' }])
      // On the other database the disk is the same: every fifth step will do.
      const stride = inject('databaseServer').kind === 'embedded' ? 1 : 5
      for (let fatal = 0; ; fatal += stride) {
        await writeFile(join(lab.source, `before-${fatal}`), String(fatal))
        const { id } = await lab.start()
        const hasDied = await runUntilDeath(id, fatal)
        const worker = await lab.engine.startWorker()
        const successor = await successorOf(id)
        const run = await lab.engine.finished(successor)
        expect(run, `killed at step ${fatal}`).toMatchObject({ disk: { safeToRemove: true }, error: null })
        await expectSound()
        await worker.stop()
        await lab.expectNothingLeft()
        await expectTidy()
        if (!hasDied) break
      }
    })
  },
)

async function expectUnmounted(): Promise<void> {
  const deadline = performance.now() + 30_000
  const isMounted = async () =>
    (await mounts()).some(({ mountPoint }) => mountPoint.startsWith(`${MOUNTS}/${disk.uuid}-`))
  while (await isMounted()) {
    if (performance.now() > deadline) throw new Error('the disk stays mounted')
    await sleep(200)
  }
}

/** False when the run ended before it came to that step. */
async function runUntilDeath(runId: string, fatal: number): Promise<boolean> {
  const program = fileURLToPath(new URL('./testkit/dying-worker.ts', import.meta.url))
  const connection = JSON.stringify(lab.engine.test.connection)
  const worker = spawn(process.execPath, [program, connection, String(fatal)], { stdio: 'inherit' })
  const exited = new Promise<NodeJS.Signals | null>((resolve) =>
    worker.once('exit', (_, signal) => resolve(signal)),
  )
  const finished = lab.engine.finished(runId).then(
    () => null,
    () => null,
  )
  const first = await Promise.race([exited, finished])
  if (first === 'SIGKILL') return true
  worker.kill('SIGKILL')
  await exited
  return false
}

/** The run that a lost one was replaced by, however often; itself when it was not lost. */
async function successorOf(id: string): Promise<string> {
  const run = await lab.engine.finished(id)
  if (run.outcome !== 'lost') return id
  const { items } = await lab.engine.control.listRuns({ job: 'files' })
  const next = items.find((other) => other.recoversRunId === id)
  return next ? await successorOf(next.id) : id
}

/** Neither locks nor halves lie on the disk. */
async function expectTidy(): Promise<void> {
  await disk.mountAgain()
  try {
    expect((await readdir(disk.path)).filter((name) => name !== 'lost+found')).toEqual(['holdfast'])
    const folder = join(disk.path, 'holdfast')
    for (const job of (await readdir(folder)).filter((name) => name.startsWith('job_')))
      expect((await readdir(join(folder, job))).filter((name) => name.startsWith('.'))).toEqual([])
  } finally {
    await disk.unmount()
  }
}

/** Below the file system, so that neither size nor time of any file changes. */
async function flipByte(device: string, text: string): Promise<void> {
  const handle = await open(device, 'r+')
  try {
    const size = 8 * 1024 * 1024
    for (let at = 0; ; at += size) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, at)
      if (bytesRead === 0) throw new Error('the text is not on the disk')
      const found = buffer.indexOf(text.repeat(50))
      if (found === -1) continue
      await handle.write(Buffer.from('E'), 0, 1, at + found)
      await handle.sync()
      return
    }
  } finally {
    await handle.close()
  }
}
