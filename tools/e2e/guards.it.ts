import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import type { RunSummary } from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Installation } from './installation.testkit.ts'

const FILES = 20

let place: Installation

beforeAll(async () => {
  place = await Installation.create()
  await mkdir(place.path('source'))
  await fill(FILES, 'first')
  await place.configure(`
vaults:
  - { name: v, kind: directory, path: ${place.path('vault')}, minFree: 1MiB }
  - { name: removable, kind: directory, path: ${place.path('removable')}, mustBeMounted: true }
jobs:
  - { name: files, kind: disk-copy, vault: v, config: { source: ${place.path('source')}, guards: { minFiles: 10 } } }
  - { name: offsite, kind: disk-copy, vault: removable, config: { source: ${place.path('source')} } }
`)
  await place.startWorker()
  await place.json('apply', place.path('config'))
  await place.json('run', 'files')
})
afterAll(() => place[Symbol.asyncDispose]())

async function fill(count: number, text: string): Promise<void> {
  for (let file = 0; file < count; file += 1)
    await writeFile(place.path('source', `f${file}`), `${text} ${file}`)
}

const points = async () => (await (await place.control()).listPoints({})).items

/** What a run says that a guard holds: exit code, what is shown, and its id. */
async function heldRun(guard: string): Promise<string> {
  const { exitCode, stdout } = await place.run('run', 'files')
  expect(exitCode).toBe(5)
  expect(stdout).toContain(guard)
  const id = /holdfast runs approve (\S+)/.exec(stdout)?.[1] ?? ''
  expect(stdout).toContain(`holdfast runs refuse ${id}`)
  const [listed] = await place.list<RunSummary>('runs', 'list', '--status', 'held')
  expect(listed).toMatchObject({ id, outcome: null })
  expect((await place.run('runs', 'show', id)).stdout).toContain(guard)
  return id
}

test('a run that would change nine files in ten is held; refused, it changes nothing', async () => {
  await fill(18, 'encrypted')
  const id = await heldRun('18 of 20 files of the last restore point (90 %) have changed.')
  expect(await place.run('runs', 'refuse', id)).toMatchObject({ exitCode: 0 })
  expect(await place.getRun(id)).toMatchObject({ outcome: 'canceled', error: { code: 'run-refused' } })
  expect(await points()).toHaveLength(1)
  expect(await place.run('runs', 'approve', id)).toMatchObject({
    exitCode: 5,
    stderr: expect.stringContaining('run-state'),
  })
})

test('approved, it goes on', async () => {
  const id = await heldRun('mass-change')
  expect(await place.run('runs', 'approve', id)).toMatchObject({ exitCode: 0 })
  expect(await place.finished(id)).toMatchObject({ outcome: 'success', report: { counts: { changed: 18 } } })
  expect(await points()).toHaveLength(2)
  await place.json('run', 'files')
})

test('an emptied source is held, whatever was approved before', async () => {
  await rm(place.path('source'), { recursive: true })
  await mkdir(place.path('source'))
  const id = await heldRun('source-empty')
  await place.json('runs', 'refuse', id)
  await rm(place.path('source'), { recursive: true })
  expect(await place.run('run', 'files')).toMatchObject({
    exitCode: 75,
    stdout: expect.stringContaining('source-gone'),
  })
  await mkdir(place.path('source'))
  await fill(FILES, 'encrypted')
})

test('a vault that must be mounted is never written to while it is not', async () => {
  for (const isThere of [false, true]) {
    if (isThere) await mkdir(place.path('removable'))
    const { exitCode, stdout } = await place.run('run', 'offsite')
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 75,
      stdout: expect.stringContaining('vault-absent'),
    })
  }
  expect(await readdir(place.path('removable'))).toEqual([])
})

test('a directory that holds other things is never made a vault', async () => {
  await mkdir(place.path('documents'))
  await writeFile(place.path('documents', 'thesis'), 'precious')
  await place.configure(`
vaults: [{ name: wrong, kind: directory, path: ${place.path('documents')}, minFree: 1MiB }]
jobs: [{ name: foreign, kind: disk-copy, vault: wrong, config: { source: ${place.path('source')} } }]
`)
  for (const command of [['plan'], ['apply']]) {
    expect(await place.run(...command, place.path('config'))).toMatchObject({
      exitCode: 5,
      stderr: expect.stringMatching(/vault-foreign.*thesis/),
    })
  }
  // Somebody may have put it there only after the vault was configured.
  await rm(place.path('documents', 'thesis'))
  await place.json('apply', place.path('config'))
  await writeFile(place.path('documents', 'thesis'), 'precious')
  expect(await place.run('run', 'foreign')).toMatchObject({
    exitCode: 5,
    stdout: expect.stringContaining('vault-foreign'),
  })
  expect(await readdir(place.path('documents'))).toEqual(['thesis'])
})

test('neither is the vault of another Holdfast', async () => {
  await rm(place.path('documents', 'thesis'))
  const marker = {
    format: 'holdfast-vault/1',
    id: 'vlt_0123456789ab',
    name: 'theirs',
    createdAt: '2026-01-01T00:00:00.000Z',
  }
  await writeFile(place.path('documents', 'holdfast-vault.json'), JSON.stringify(marker))
  expect(await place.run('run', 'foreign')).toMatchObject({
    exitCode: 5,
    stdout: expect.stringContaining('it bears the id vlt_0123456789ab'),
  })
})
