import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jobSpec, nodeSpec, type RestorePoint } from '@holdfast/contract'
import { expect } from 'vitest'
import { newId } from '../../../kit/ids.ts'
import { type DriverFixture, describeDriverContract } from '../../contract-suite.ts'
import { snapshotOf } from '../../disk-copy/test-bench.ts'
import { type NoteConfig, noteCopy } from './index.ts'
import { noteSend, type SendConfig } from './note-send.testkit.ts'

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
      nodes: {},
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

async function makeSendFixture(): Promise<DriverFixture<SendConfig>> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-note-'))
  const source = join(directory, 'todo.txt')
  const path = join(directory, 'sent.txt')
  await writeFile(source, 'buy milk\n')
  let changes = 0
  const spec = { name: 'there', kind: 'influxdb', url: 'http://there.example.org:8086', user: 'anna' }
  const there = { ...nodeSpec.parse({ ...spec, password: { secret: 'there' } }), id: newId('node') }
  return {
    job: {
      id: newId('job'),
      name: 'todo',
      kind: 'note-copy',
      spec: jobSpec.parse({ name: 'todo', kind: 'note-copy' }),
      config: { source, to: 'there', path },
      node: null,
      nodes: { there },
      vault: null,
      policy: null,
    },
    canary: 'buy milk',
    secrets: { there: 'the password of there' },
    snapshot: () => snapshotOf(directory),
    async change() {
      changes += 1
      await writeFile(source, `buy milk, ${changes} times\n`)
    },
    leftovers: async () => [],
    async prove() {
      expect(await readFile(path, 'utf8')).toBe(await readFile(source, 'utf8'))
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  }
}

describeDriverContract(noteSend, makeSendFixture, { vault: false })
