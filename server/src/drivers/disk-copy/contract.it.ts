import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, open, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RestorePoint } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { privilegesOf } from '../../kit/privileges.ts'
import { type DriverFixture, describeDriverContract } from '../contract-suite.ts'
import type { DiskCopyConfig } from './config.ts'
import { diskCopy } from './index.ts'
import { Bench, snapshotOf } from './test-bench.ts'

/** Damage that does not show in the time of the file or folder. */
async function keepingTime(path: string, damage: (path: string) => Promise<void>): Promise<void> {
  const before = execFileSync('stat', ['-c', '%.Y', path], { encoding: 'utf8' }).trim()
  await damage(path)
  execFileSync('touch', ['-d', `@${before}`, path])
}

async function makeFixture(): Promise<DriverFixture<DiskCopyConfig>> {
  const bench = await Bench.open()
  await bench.fill({
    'a.txt': 'first, canary-in-a-file',
    'sub/b.bin': Buffer.alloc(300_000, 7),
    'sub/odd \\ name\n': 'x',
  })
  await symlink('a.txt', join(bench.source, 'link'))
  let changes = 0
  const inData = (point: RestorePoint, name: string) => join(bench.dataOf(point), name)
  return {
    job: bench.job,
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
      'a flipped byte': (point) =>
        keepingTime(inData(point, 'sub/b.bin'), async (path) => {
          await using handle = await open(path, 'r+')
          await handle.write(Buffer.of(8), 0, 1, 1000)
        }),
      'a missing file': (point) => rm(inData(point, 'a.txt')),
      'an extra file': (point) =>
        keepingTime(inData(point, 'sub'), (path) => writeFile(join(path, 'extra'), '')),
      'a changed mode': (point) => chmod(inData(point, 'a.txt'), 0o600),
      'a replaced link': async (point) => {
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

describeDriverContract(diskCopy, makeFixture)

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
