import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jobSpec, type RestorePoint } from '@holdfast/contract'
import { newId } from '../../../kit/ids.ts'
import { type DriverFixture, describeDriverContract } from '../../contract-suite.ts'
import { snapshotOf } from '../../disk-copy/test-bench.ts'
import { type NoteConfig, noteCopy } from './index.ts'

async function makeFixture(): Promise<DriverFixture<NoteConfig>> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-note-'))
  const source = join(directory, 'todo.txt')
  const vaultPath = join(directory, 'vault')
  await writeFile(source, 'buy milk\n')
  let changes = 0
  const jobId = newId('job')
  const inPoint = (point: RestorePoint, name: string) => join(vaultPath, point.location, name)
  return {
    job: {
      id: jobId,
      name: 'todo',
      kind: 'note-copy',
      spec: jobSpec.parse({ name: 'todo', kind: 'note-copy' }),
      config: { source },
      node: null,
      vault: { id: newId('vault'), name: 'disk', path: vaultPath, minFreeBytes: 0, disk: null },
      policy: null,
    },
    canary: 'buy milk',
    snapshot: () => snapshotOf(directory),
    async change() {
      changes += 1
      await writeFile(source, `buy milk, ${changes} times\n`)
    },
    async leftovers() {
      return (await readdir(join(vaultPath, jobId))).filter((name) => name.startsWith('.'))
    },
    damages: {
      'another text': (point) => writeFile(inPoint(point, 'note'), 'sell milk\n'),
      'a missing text': (point) => rm(inPoint(point, 'note')),
      'a lost manifest': (point) => rm(inPoint(point, 'restore-point.json')),
    },
    async restoreTarget() {
      return join(await mkdtemp(join(directory, 'restore-')), 'target')
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  }
}

describeDriverContract(noteCopy, makeFixture)
