import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { type ConfigChange, phraseText, type Run } from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Installation } from './installation.testkit.ts'

let place: Installation

const config = (vault: string, job = 'files') => `
vaults: [{ name: ${vault}, kind: directory, path: ${place.path('vault')}, minFree: 1MiB }]
policies: [{ name: short, retention: { keepLast: 3, timeZone: Europe/Rome }, rpo: 1d }]
notifications: [{ name: chat, kind: webhook, url: { env: HOLDFAST_SECRET_CHAT_URL }, on: [failed], jobs: [${job}] }]
jobs:
  - name: ${job}
    kind: disk-copy
    vault: ${vault}
    policy: short
    schedule: { cron: "30 2 29 2 *", timeZone: Europe/Rome }
    locks: [{ name: nas/exclusive }]
    config: { source: ${place.path('source')}, exclude: ["*.tmp", "~$*", "# not a comment"] }
`

beforeAll(async () => {
  place = await Installation.create()
  await mkdir(place.path('source'))
  await writeFile(place.path('source', 'file'), 'text')
  await place.configure(config('nas'))
  await place.startWorker()
  await place.json('apply', place.path('config'))
})
afterAll(() => place[Symbol.asyncDispose]())

const exported = async () => (await place.control()).exportConfig()
const actionsOf = (changes: ConfigChange[]) =>
  changes
    .filter((change) => change.action !== 'unchanged')
    .map(({ kind, name, action }) => `${action} ${kind}/${name}`)

test('what export writes, to a folder or to a pipe, applies back to no change', async () => {
  const folder = place.path('exported')
  expect(await place.run('export', folder)).toMatchObject({ exitCode: 0 })
  expect(await readdir(folder)).toEqual(['jobs.yaml', 'notifications.yaml', 'policies.yaml', 'vaults.yaml'])
  const { stdout } = await place.run('export')
  await writeFile(place.path('piped.yaml'), stdout)
  for (const from of [folder, place.path('piped.yaml')]) {
    expect(actionsOf(await place.json<ConfigChange[]>('plan', '--prune', from))).toEqual([])
    expect(actionsOf(await place.json<ConfigChange[]>('apply', '--prune', from))).toEqual([])
  }
  expect(await place.run('export', folder)).toMatchObject({ exitCode: 5 })
  expect(await place.run('export', folder, '--replace')).toMatchObject({ exitCode: 0 })
  expect(await readFile(`${folder}/notifications.yaml`, 'utf8')).toContain('HOLDFAST_SECRET_CHAT_URL')
})

test('a vault with another name stays the same vault, and its jobs and restore points with it', async () => {
  await place.json('run', 'files')
  const [before] = (await (await place.control()).status()).vaults
  await place.configure(config('archive'))
  const planned = await place.json<ConfigChange[]>('plan', place.path('config'))
  expect(actionsOf(planned)).toEqual(['update vaults/archive', 'update jobs/files'])
  expect(await place.json('apply', place.path('config'))).toEqual(planned)
  const [after, ...others] = (await (await place.control()).status()).vaults
  expect(others).toEqual([])
  expect(after).toMatchObject({ id: before?.id, name: 'archive', pointCount: 1 })
  expect(await place.json('run', 'files')).toMatchObject([{ outcome: 'success', report: { bytesMoved: 0 } }])
})

test('a job with another name is another job: the old one stays until it is pruned, its restore points for good', async () => {
  await place.configure(config('archive', 'renamed'))
  expect(actionsOf(await place.json('apply', place.path('config')))).toContain('create jobs/renamed')
  expect((await exported()).jobs.map((job) => job.name)).toEqual(['files', 'renamed'])
  const [run] = await place.json<Run[]>('run', 'renamed')
  expect(phraseText(run?.plan?.summary ?? '')).toContain('full: no earlier restore point')

  const declined = await place.run('apply', '--prune', place.path('config'))
  expect(declined).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('change-declined') })
  expect((await exported()).jobs).toHaveLength(2)
  const changes = await place.json<ConfigChange[]>('apply', '--prune', '--yes', place.path('config'))
  expect(actionsOf(changes)).toEqual(['delete jobs/files'])
  expect((await exported()).jobs.map((job) => job.name)).toEqual(['renamed'])
  const { items: points } = await (await place.control()).listPoints({})
  expect(points.map((point) => point.jobName).toSorted()).toEqual(['files', 'files', 'renamed'])
})

test('prune deletes nothing that something still refers to', async () => {
  const withoutPolicy = config('archive', 'renamed').replace(/^policies.*$/m, '')
  await place.configure(withoutPolicy)
  const refused = await place.run('apply', '--prune', '--yes', place.path('config'))
  expect(refused).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('no policy is called "short"'),
  })
  expect((await exported()).policies).toHaveLength(1)
  expect(await place.run('apply', place.path('config'))).toMatchObject({ exitCode: 0 })
})

test('an empty configuration prunes everything, and the restore points stay', async () => {
  await place.configure('jobs: []')
  await place.json('apply', '--prune', '--yes', place.path('config'))
  expect(await exported()).toEqual({ nodes: [], vaults: [], policies: [], notifications: [], jobs: [] })
  const { items: points } = await (await place.control()).listPoints({})
  expect(points).toHaveLength(3)
  const back = await place.run('restore', points[0]?.id ?? '', '--to', place.path('back'))
  expect(back).toMatchObject({ exitCode: 0 })
  expect(await readFile(place.path('back', 'file'), 'utf8')).toBe('text')
})
