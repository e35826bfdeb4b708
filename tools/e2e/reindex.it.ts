import { mkdir, rm, writeFile } from 'node:fs/promises'
import {
  type JobStatus,
  type Page,
  phraseText,
  type ReindexReport,
  type RestorePoint,
  type Run,
  type Status,
} from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Installation } from './installation.testkit.ts'

/** The vault "office" lies in a directory of another name, so that a reindex before the configuration has to guess. */
const VAULTS = { office: 'disks/one', home: 'disks/two' } as const

let place: Installation
let before: { points: unknown[]; jobs: unknown[] }

const yaml = (jobs: (keyof typeof VAULTS)[]) => `
vaults: [${jobs.map((name) => `{ name: ${name}, kind: directory, path: ${place.path(VAULTS[name])}, minFree: 1MiB }`)}]
jobs: [${jobs.map((name) => `{ name: files of ${name}, kind: disk-copy, vault: ${name}, config: { source: ${place.path('source', name)} } }`)}]
`
const fill = (name: string, file: string) => writeFile(place.path('source', name, file), `${name} ${file}`)

/** What must come back: everything but when the catalog last looked. */
async function catalog() {
  const control = await place.control()
  const { items: points } = await control.listPoints({})
  const { items: jobs } = await control.listJobs({})
  return {
    points: points.map(({ confirmedAt, ...point }) => point),
    jobs: jobs.map(({ id, name, kind, pointCount, newestPointAt }) => ({
      id,
      name,
      kind,
      pointCount,
      newestPointAt,
    })),
  }
}

const statusNow = () => place.json<{ status: Status; jobs: Page<JobStatus> }>('status')
const runBoth = () => place.json<Run[]>('run', 'files of office', 'files of home')

/** Everything that Holdfast knows is gone; what lies on the disks is all there is. */
async function loseDatabase(worker: Awaited<ReturnType<Installation['startWorker']>>): Promise<void> {
  await place.stop(worker)
  await place.letGo()
  await place.databaseStopped()
  await rm(place.path('data'), { recursive: true })
}

beforeAll(async () => {
  place = await Installation.create()
  await mkdir(place.path('disks'))
  for (const name of ['office', 'home']) {
    await mkdir(place.path('source', name), { recursive: true })
    await fill(name, 'first')
  }
  const worker = await place.startWorker()
  await place.configure(yaml(['office', 'home']))
  await place.json('apply', place.path('config'))
  for (let generation = 0; generation < 3; generation += 1) {
    for (const name of ['office', 'home']) await fill(name, `generation-${generation}`)
    for (const run of await runBoth()) expect(run).toMatchObject({ outcome: 'success' })
  }
  const [newest, second] = await place.list<RestorePoint>('points', 'list', '--job', 'files of office')
  await place.json('points', 'protect', second?.id ?? '')
  await place.json('verify', newest?.id ?? '', '--full')
  before = await catalog()
  expect(before.points).toHaveLength(6)
  expect(before.points.filter((point) => (point as RestorePoint).protected)).toHaveLength(1)
  expect(before.points.filter((point) => (point as RestorePoint).verifiedLevel === 'full')).toHaveLength(1)
  await loseDatabase(worker)
})
afterAll(() => place[Symbol.asyncDispose]())

const paths = () => Object.values(VAULTS).map((directory) => place.path(directory))

test('reindex, then the configuration: the catalog is what it was, and nothing is copied again', async () => {
  const worker = await place.startWorker()
  const dry = await place.json<ReindexReport>('reindex', '--dry-run', ...paths())
  expect(dry.vaults).toMatchObject([
    { path: paths()[0], found: 3, added: 3, missing: 0 },
    { path: paths()[1], found: 3, added: 3, missing: 0 },
  ])
  expect(await statusNow()).toMatchObject({ jobs: { items: [] }, status: { jobCount: 0, vaults: [] } })
  expect(await catalog()).toEqual({ points: [], jobs: [] })

  const report = await place.json<ReindexReport>('reindex', ...paths())
  expect(report).toEqual(dry)
  expect((await catalog()).points).toEqual(before.points)
  expect((await statusNow()).jobs.items.map((job) => job.enabled)).toEqual([false, false])

  await place.json('apply', place.path('config'))
  expect(await catalog()).toEqual(before)
  const { vaults } = (await statusNow()).status
  expect(vaults.map((vault) => [vault.name, vault.pointCount])).toEqual([
    ['home', 3],
    ['office', 3],
  ])
  for (const run of await runBoth()) {
    expect(run).toMatchObject({ outcome: 'success', report: { bytesMoved: 0 } })
    expect(phraseText(run.plan?.summary ?? '')).toContain('incremental from')
  }
  before = await catalog()
  await loseDatabase(worker)
})

test('the configuration of one vault, then reindex with the path of the other: the same', async () => {
  const worker = await place.startWorker()
  await place.configure(yaml(['office']))
  await place.json('apply', place.path('config'))
  const { vaults, jobsAdopted } = await place.json<ReindexReport>('reindex', place.path(VAULTS.home))
  expect(vaults.map(({ found, added }) => [found, added])).toEqual([
    [4, 4],
    [4, 4],
  ])
  expect(jobsAdopted.map((job) => job.name).toSorted()).toEqual(['files of home', 'files of office'])
  expect((await catalog()).points).toEqual(before.points)

  await place.configure(yaml(['office', 'home']))
  await place.json('apply', place.path('config'))
  expect(await catalog()).toEqual(before)
  for (const run of await runBoth()) {
    expect(run).toMatchObject({ outcome: 'success', report: { bytesMoved: 0 } })
  }
  await place.stop(worker)
})

test('a folder that is no vault is refused', async () => {
  await mkdir(place.path('empty'))
  const { exitCode, stderr } = await place.run('reindex', place.path('empty'))
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 75,
    stderr: expect.stringContaining('vault-absent'),
  })
})
