import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, open as openFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RestorePoint } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LoopDisk } from '../../../../tools/lab/loop-disk.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { isSubvolume, setReadOnly } from '../../clients/block-devices/btrfs.ts'
import { privilegesOf } from '../../kit/privileges.ts'
import { type DriverFixture, describeDriverContract } from '../contract-suite.ts'
import type { DiskCopyConfig } from './config.ts'
import { diskCopy } from './index.ts'
import { Bench, type BenchOptions, snapshotOf } from './test-bench.ts'

/** Damage that does not show in the time of the file or folder. */
async function keepingTime(path: string, damage: (path: string) => Promise<void>): Promise<void> {
  const before = execFileSync('stat', ['-c', '%.Y', path], { encoding: 'utf8' }).trim()
  await damage(path)
  execFileSync('touch', ['-d', `@${before}`, path])
}

async function makeFixture(options: BenchOptions = {}): Promise<DriverFixture<DiskCopyConfig>> {
  const bench = await Bench.open(options)
  await bench.fill({
    'a.txt': 'first, canary-in-a-file',
    'sub/b.bin': Buffer.alloc(300_000, 7),
    'sub/odd \\ name\n': 'x',
  })
  await symlink('a.txt', join(bench.source, 'link'))
  let changes = 0
  const inData = (point: RestorePoint, name: string) => join(bench.dataOf(point), name)
  /** Not even root changes anything in a snapshot, before it is made writable. */
  const open = async (point: RestorePoint) => {
    if (await isSubvolume(bench.dataOf(point))) await setReadOnly(bench.dataOf(point), false)
  }
  return {
    job: bench.job,
    keepsOne: options.config?.generations === 'mirror',
    canary: 'canary-in-a-file',
    async snapshot() {
      return { source: await snapshotOf(bench.source), vault: await snapshotOf(bench.vaultPath) }
    },
    async change() {
      changes += 1
      await bench.fill({ 'a.txt': `change ${changes}`, [`new-${changes}`]: 'new' })
    },
    async leftovers() {
      return (await readdir(bench.jobDirectory)).filter((name) => name.startsWith('.'))
    },
    damages: {
      'a flipped byte': async (point) => {
        await open(point)
        await keepingTime(inData(point, 'sub/b.bin'), async (path) => {
          await using handle = await openFile(path, 'r+')
          await handle.write(Buffer.of(8), 0, 1, 1000)
        })
      },
      'a missing file': async (point) => {
        await open(point)
        await rm(inData(point, 'a.txt'))
      },
      'an extra file': async (point) => {
        await open(point)
        await keepingTime(inData(point, 'sub'), (path) => writeFile(join(path, 'extra'), ''))
      },
      'a changed mode': async (point) => {
        await open(point)
        await chmod(inData(point, 'a.txt'), 0o600)
      },
      'an attribute that was added': async (point) => {
        await open(point)
        execFileSync('setfattr', ['-n', 'user.note', '-v', 'x', inData(point, 'a.txt')])
      },
      'an ACL that was changed': async (point) => {
        await open(point)
        execFileSync('setfacl', ['-m', 'u:1234:rwx', inData(point, 'sub')])
        execFileSync('chmod', ['0755', inData(point, 'sub')])
      },
      'a replaced link': async (point) => {
        await open(point)
        await rm(inData(point, 'link'))
        await symlink('elsewhere', inData(point, 'link'))
      },
      'a changed listing': (point) =>
        writeFile(join(bench.vaultPath, point.location, 'SHA256SUMS'), '', { flag: 'w' }),
      'a lost listing': (point) => rm(join(bench.vaultPath, point.location, 'TREE')),
      'a lost manifest': (point) => rm(join(bench.vaultPath, point.location, 'restore-point.json')),
    },
    async restoreTarget() {
      return join(await mkdtemp(join(bench.directory, 'restore-')), 'target')
    },
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  }
}

describe('with hard links', () =>
  describeDriverContract(diskCopy, () => makeFixture({ config: { generations: 'hard-links' } })))

describe('with a mirror', () =>
  describeDriverContract(diskCopy, () => makeFixture({ config: { generations: 'mirror' } })))

describe.skipIf(requires('root', 'loop', 'btrfs mount', 'btrfs-progs'))('with snapshots', () => {
  let disk: LoopDisk
  beforeAll(async () => {
    disk = await LoopDisk.mount({ type: 'btrfs', sizeMb: 600 })
  })
  afterAll(() => disk[Symbol.asyncDispose]())
  describeDriverContract(diskCopy, async () => {
    const vault = await mkdtemp(join(disk.path, 'vault-'))
    return await makeFixture({ vault: join(vault, 'v'), config: { generations: 'snapshots' } })
  })
})

it('says what the process that does the runs may not do, whatever this one may', async () => {
  await using bench = await Bench.open()
  await bench.fill({ a: '1' })
  const told = async (capabilities: string) => {
    const privileges = privilegesOf(`CapEff:\t${capabilities}\n`)
    const findings = await diskCopy.check(Object.assign(bench.context(), { privileges }))
    return findings.filter((finding) => finding.level !== 'ok').map((finding) => finding.message)
  }
  expect(await told('000001ffffffffff')).not.toContainEqual(expect.stringContaining('as root'))
  expect(await told('0000000000000009')).toContain(
    'the worker does not run as root: private files cannot be read',
  )
  expect(await told('0000000000000004')).toContain('the worker does not run as root: owners are not kept')
})
